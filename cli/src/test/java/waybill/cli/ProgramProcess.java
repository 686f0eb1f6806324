package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A program in its own process, whose output is read line by line. [#close] ends it.
public final class ProgramProcess implements AutoCloseable {

    private static final Duration WAIT_MAX = Duration.ofMinutes(3);

    private final Process process;
    private final Consumer<String> listener;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private boolean hasEnded;

    private ProgramProcess(Process process, Consumer<String> listener) {
        this.process = process;
        this.listener = listener;
        reader = Thread.ofVirtual().start(this::read);
    }

    /// `waybill ARGUMENT…` from the classes under test.
    static ProgramProcess waybill(String... arguments) {
        return start(Map.of("WAYBILL_LOG_EVENTS", "OFF"), Path.of("."), command(arguments));
    }

    public static List<String> command(String... arguments) {
        return Stream.concat(ProgramArchive.command().stream(), Stream.of(arguments))
                .toList();
    }

    public static ProgramProcess start(Map<String, String> environment, Path folder, List<String> command) {
        return start(environment, folder, command, _ -> {});
    }

    /// A program whose lines are passed to `listener` one by one.
    public static ProgramProcess start(
            Map<String, String> environment, Path folder, List<String> command, Consumer<String> listener) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new ProgramProcess(builder.start(), listener);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Waits for the first line with a match.
    public MatchResult line(String regex) throws InterruptedException {
        return lines(regex, 1).getFirst();
    }

    /// Waits for `count` lines with a match.
    public synchronized List<MatchResult> lines(String regex, int count) throws InterruptedException {
        var pattern = Pattern.compile(regex);
        var deadline = System.nanoTime() + WAIT_MAX.toNanos();
        for (; ; ) {
            var found = lines.stream()
                    .map(pattern::matcher)
                    .filter(match -> match.find())
                    .map(match -> match.toMatchResult())
                    .toList();
            if (found.size() >= count) {
                return found;
            }
            var leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            assertThat(!hasEnded && leftMs > 0)
                    .as("%d lines like /%s/ in %s", count, regex, lines)
                    .isTrue();
            wait(leftMs);
        }
    }

    public long pid() {
        return process.pid();
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /// Writes a line to its standard input.
    public void writeLine(String line) {
        synchronized (process) {
            try {
                process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /// Waits for the program to exit and for its last line; returns its exit code.
    public int awaitExit() throws InterruptedException {
        return awaitExit(WAIT_MAX);
    }

    /// The same for a program that takes longer.
    public int awaitExit(Duration max) throws InterruptedException {
        assertThat(process.waitFor(max.toNanos(), TimeUnit.NANOSECONDS))
                .as("exited; printed %s", lines())
                .isTrue();
        reader.join();
        return process.exitValue();
    }

    /// Ctrl-C: SIGINT.
    int interrupt() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /// `kill -9`.
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(this::readLines);
        } catch (IOException | UncheckedIOException _) {
            readLines("(killed)");
        }
        synchronized (this) {
            hasEnded = true;
            notifyAll();
        }
    }

    private void readLines(String line) {
        synchronized (this) {
            lines.add(line);
            notifyAll();
        }
        listener.accept(line);
    }
}
