"""`python -m tracewire`."""

from tracewire.cli import main

if __name__ == "__main__":
    main()
