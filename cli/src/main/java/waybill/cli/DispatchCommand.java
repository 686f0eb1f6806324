package waybill.cli;

import picocli.CommandLine.Command;

/// `waybill dispatch COMMAND`.
@Command(
        name = "dispatch",
        description = "Shows why orders got their drivers.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class DispatchCommand {}
