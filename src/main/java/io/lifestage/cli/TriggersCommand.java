package io.lifestage.cli;

import picocli.CommandLine.Command;

/** {@code lifestage triggers}: what marketing automation acts on. */
@Command(
    name = "triggers",
    description = "What marketing automation and staff are to act on.",
    subcommands = TriggersConsumeCommand.class)
final class TriggersCommand {}
