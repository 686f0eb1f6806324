package waybill.cli;

import picocli.CommandLine.Command;

/// `waybill incident COMMAND`.
@Command(
        name = "incident",
        description = "Takes an order or a time out of a hub in one file, and replays it elsewhere.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class IncidentCommand {}
