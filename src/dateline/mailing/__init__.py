"""Mails on their way: a message as bytes, its signature, the server that takes it, and what comes back."""
