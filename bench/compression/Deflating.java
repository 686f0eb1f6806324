import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.zip.Deflater;

/// What permessage-deflate costs for each receiver: `java bench/compression/Deflating.java`. The figures are in
/// `docs/adr/0007-compression-is-off.md`.
class Deflating {

    static final int LEVEL = 6;
    static final int ROUNDS = 3;
    static final int KINDS = 1_000;
    static final int CONNECTIONS = 500;

    static String position(int n) {
        return """
                42/realtime,["delivery:location:update",{"orderId":"0195f3a2-7c1e-7%03x-8a51-3f6e2d9c4b10",\
                "latitude":59.91%d,"longitude":10.75%d,"heading":%d,"speed":%d.%d}]"""
                .formatted(n % 4_096, n % 9_973, n % 9_967, n % 360, n % 17, n % 10);
    }

    static String order(int n) {
        var text = new StringBuilder("42/realtime,[\"order:new\",{\"eventId\":" + n + ",\"items\":[");
        for (int i = 0; i < 22; i++) {
            text.append(i > 0 ? "," : "")
                    .append("{\"productId\":\"p-%d\",\"name\":\"Margherita %d\",\"quantity\":%d,\"price\":%d}"
                            .formatted((n * 31 + i * 7) % 1_000, i, i % 4 + 1, 900 + (n * 13 + i * 97) % 2_000));
        }
        return text.append("]}]").toString();
    }

    static void measure(String what, IntFunction<String> make, int count) {
        var messages = new byte[KINDS][];
        for (int i = 0; i < KINDS; i++) {
            messages[i] = make.apply(i * 17).getBytes(StandardCharsets.UTF_8);
        }
        for (int round = 1; round <= ROUNDS; round++) {
            var deflater = new Deflater(LEVEL, true);
            long in = 0;
            long out = 0;
            var clock = ManagementFactory.getThreadMXBean();
            long startedNs = clock.getCurrentThreadCpuTime();
            for (int i = 0; i < count; i++) {
                in += messages[i % KINDS].length;
                out += deflate(deflater, messages[i % KINDS]);
            }
            double us = (clock.getCurrentThreadCpuTime() - startedNs) / 1e3 / count;
            deflater.end();
            if (round == ROUNDS) {
                System.out.printf("%s: %d bytes, %d compressed, %.1f us%n", what, in / count, out / count, us);
            }
        }
    }

    static final byte[] BUFFER = new byte[65_536];

    static int deflate(Deflater deflater, byte[] message) {
        deflater.setInput(message);
        int length = 0;
        int some;
        do {
            some = deflater.deflate(BUFFER, 0, BUFFER.length, Deflater.SYNC_FLUSH);
            length += some;
        } while (some == BUFFER.length);
        return length - 4; // RFC 7692: without 00 00 ff ff
    }

    static long residentKb() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .sum();
    }

    public static void main(String[] args) throws IOException {
        measure("position", Deflating::position, 200_000);
        measure("order", Deflating::order, 50_000);
        long beforeKb = residentKb();
        var all = new Deflater[CONNECTIONS];
        var message = order(1).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < CONNECTIONS; i++) {
            all[i] = new Deflater(LEVEL, true);
            deflate(all[i], message);
        }
        System.out.printf("window of a connection: %d KB%n", (residentKb() - beforeKb) / all.length);
    }
}
