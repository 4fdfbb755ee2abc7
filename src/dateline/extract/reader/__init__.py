"""What a trained model reads: who did it, to whom, to what and with what, in the sentences near an incident."""
