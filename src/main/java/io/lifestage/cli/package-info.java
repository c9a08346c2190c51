/** The command line: parses, calls an edge, prints. One class for each command. */
package io.lifestage.cli;
