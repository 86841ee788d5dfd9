"""What the coded formats (ACLED, UCDP, PLOVER, SIPRI) share: parties, places, dates, deaths, and what is left out."""
