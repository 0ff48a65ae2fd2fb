"""An invented county, made through the services with the clock moved."""
