// Comfort only: every page works without this file. It never stores anything.
"use strict";
