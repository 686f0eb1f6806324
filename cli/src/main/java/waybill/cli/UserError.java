package waybill.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Reports a failed command with its error and where to read more, without the whole manual.
final class UserError implements IParameterExceptionHandler, IExecutionExceptionHandler {

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        var command = failure.getCommandLine();
        printError(command, failure);
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /// A wrong argument or a hub that cannot start is an error of the user; any other error is a bug and is shown
    /// with its stack trace.
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof RunningHub.StartupFailure) {
            command.getErr().println("waybill: " + failure.getMessage());
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        if (!(failure instanceof IllegalArgumentException)) {
            throw failure;
        }
        printError(command, failure);
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static void printError(CommandLine command, Exception failure) {
        command.getErr().println("waybill: " + failure.getMessage());
        command.getErr().println("Try ./" + command.getCommandSpec().qualifiedName() + " --help");
    }
}
