package waybill.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `waybill COMMAND`.
@Command(
        name = "waybill",
        description = "A real-time delivery hub that any Socket.IO v4 client can talk to.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
