"""The desk: the record in a browser. `create_app(settings)` is the application, `serve(...)` runs it on this machine."""
