package io.lifestage.cli;

import picocli.CommandLine.Command;

/** {@code lifestage offers}: what goes with what was bought. */
@Command(
    name = "offers",
    description = "What goes with what was bought.",
    subcommands = OffersEvaluateCommand.class)
final class OffersCommand {}
