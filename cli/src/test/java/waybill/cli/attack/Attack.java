package waybill.cli.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.cli.orders.TestUser;

/// One way to stop or fill a hub. [#once] does it on one connection; [#CONNECTIONS] threads repeat it. The hub may
/// refuse or close a connection at any moment as its defence.
enum Attack {
    BODIES_WITHOUT_A_TOKEN {
        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            AttackTarget.write(socket, head("POST /api/v1/orders", "Content-Length: 1000000"));
            AttackTarget.send(socket, new byte[990_000]);
            awaitEnd(socket);
        }
    },
    BODIES_THAT_COME_BYTE_BY_BYTE {
        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            AttackTarget.write(socket, head("POST /api/v1/orders", "Content-Length: 900000") + "{");
            awaitEnd(socket);
        }
    },
    HEADERS_THAT_NEVER_END {
        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            AttackTarget.write(socket, "GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            awaitEnd(socket);
        }
    },
    POLLING_BODIES_FOR_SESSIONS_OF_THEIR_OWN {
        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            AttackTarget.write(socket, head("POST /socket.io/?EIO=4&transport=polling", "Content-Length: 1000000"));
            AttackTarget.send(socket, new byte[990_000]);
            awaitEnd(socket);
        }
    },
    SESSIONS_THAT_JOIN_NOTHING {
        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            for (int i = 0; i < 100; i++) {
                AttackTarget.write(socket, head("GET /socket.io/?EIO=4&transport=polling&junk=" + "j".repeat(3_000)));
            }
            awaitEnd(socket);
        }
    },
    ATTACHMENTS_WITHOUT_A_NAMESPACE {
        @Override
        Socket open(AttackTarget target) throws IOException {
            return target.webSocket();
        }

        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            AttackTarget.send(socket, ClientFrames.text("4510-[\"x\",{\"_placeholder\":true,\"num\":0}]"));
            for (int i = 0; i < 9; i++) {
                AttackTarget.send(socket, ClientFrames.binary(990_000));
            }
            awaitEnd(socket);
        }
    },
    ATTACHMENTS_WITH_A_TOKEN {
        @Override
        Socket open(AttackTarget target) throws IOException {
            return target.joined("/realtime", CUSTOMER);
        }

        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            AttackTarget.send(socket, ClientFrames.text("4510-/realtime,[\"x\",{\"_placeholder\":true,\"num\":0}]"));
            for (int i = 0; i < 9; i++) {
                AttackTarget.send(socket, ClientFrames.binary(990_000));
            }
            awaitEnd(socket);
        }
    },
    PINGS_WHOSE_ANSWERS_ARE_NOT_READ {
        @Override
        Socket open(AttackTarget target) throws IOException {
            return target.webSocket();
        }

        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            var pings = repeated(ClientFrames.ping(), 10_000);
            for (int i = 0; i < 20; i++) {
                AttackTarget.send(socket, pings);
            }
            awaitEnd(socket);
        }
    },
    REQUESTS_WHOSE_ANSWERS_ARE_NOT_READ {
        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            var requests = head("GET /socket.io").repeat(2_000);
            for (int i = 0; i < 20; i++) {
                AttackTarget.write(socket, requests);
            }
        }
    },
    LARGE_PAGES_THAT_ARE_NOT_READ {
        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            AttackTarget.write(
                    socket, head("GET /api/docs/swagger-ui-bundle.js").repeat(20));
            awaitEnd(socket);
        }
    },
    NAMESPACES_THAT_DO_NOT_EXIST {
        @Override
        Socket open(AttackTarget target) throws IOException {
            return target.webSocket();
        }

        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            for (int i = 0; i < 40; i++) {
                AttackTarget.send(socket, ClientFrames.text("40/" + "n".repeat(900_000) + i + ","));
            }
            awaitEnd(socket);
        }
    },
    EVENTS_WITH_LONG_NAMES {
        @Override
        Socket open(AttackTarget target) throws IOException {
            return target.joined("/realtime", CUSTOMER);
        }

        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            for (int i = 0; i < 20; i++) {
                AttackTarget.send(
                        socket, ClientFrames.text("42/realtime,%d[\"%s\"]".formatted(i, "n".repeat(900_000))));
            }
        }
    },
    EVENTS_WITHOUT_END {
        @Override
        Socket open(AttackTarget target) throws IOException {
            return target.joined("/caps", DRIVER);
        }

        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            var received = IntStream.range(0, 2_000)
                    .mapToObj(
                            "42/caps,[\"received\",{\"clientId\":\"acme\",\"event\":\"pickup\",\"messageId\":\"m%d\"}]"
                                    ::formatted)
                    .map(ClientFrames::text)
                    .toList();
            AttackTarget.send(socket, joined(received));
        }
    },
    LISTS_OF_EMPTY_POSITIONS {
        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            var list = "[" + "{},".repeat(300_000) + "{}]";
            AttackTarget.write(
                    socket, authorized(target, "POST /api/v1/drivers/me/location", DRIVER, list.length()) + list);
            awaitEnd(socket);
        }
    },
    POSITIONS_WITHOUT_END {
        @Override
        Socket open(AttackTarget target) throws IOException {
            return target.joined("/realtime", DRIVER);
        }

        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            for (int i = 0; i < 20; i++) {
                var from = System.currentTimeMillis() - 1_000_000_000L * (i + 1);
                var fixes = IntStream.range(0, 500)
                        .mapToObj(j ->
                                "{\"latitude\":59.9,\"longitude\":10.7,\"recordedAt\":" + (from + j * 2_000L) + '}')
                        .collect(Collectors.joining(",", "[", "]"));
                AttackTarget.send(socket, ClientFrames.text("42/realtime,[\"driver:location\"," + fixes + "]"));
            }
        }
    },
    LARGE_PAGES_WITH_A_TOKEN {
        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            AttackTarget.write(socket, pages(target));
            readAll(socket);
        }
    },
    LARGE_PAGES_WITH_A_TOKEN_THAT_ARE_NOT_READ {
        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            AttackTarget.write(socket, pages(target));
            awaitEnd(socket);
        }
    },
    QUEUES_WITHOUT_END {
        @Override
        Socket open(AttackTarget target) throws IOException {
            return target.joined("/caps", DRIVER);
        }

        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            AttackTarget.send(socket, repeated(GET_ALL, GET_ALLS));
            readAll(socket);
        }
    },
    QUEUES_THAT_ARE_NOT_READ {
        @Override
        Socket open(AttackTarget target) throws IOException {
            return target.joined("/caps", DRIVER);
        }

        @Override
        void once(AttackTarget target, Socket socket) throws IOException {
            AttackTarget.send(socket, repeated(GET_ALL, GET_ALLS));
            awaitEnd(socket);
        }
    };

    /// Concurrent connections.
    static final int CONNECTIONS = 60;

    private static final TestUser CUSTOMER = TestUser.customer("mallory");
    private static final TestUser DRIVER = TestUser.driver("mallory");

    /// Of the store whose parcels there are.
    private static final TestUser MERCHANT = TestUser.merchant("mallory", AttackTarget.STORE);

    /// As many as a socket may send before it is rate-limited, and as many again.
    private static final int GET_ALLS = 200;

    private static final byte[] GET_ALL = ClientFrames.text("42/caps,[\"getAll\",{\"event\":\"pickup\"}]");

    /// What an attack begins with on a connection.
    Socket open(AttackTarget target) throws IOException {
        return target.connect();
    }

    abstract void once(AttackTarget target, Socket socket) throws IOException;

    private static String head(String request, String... headers) {
        return Stream.concat(Stream.of(request + " HTTP/1.1", "Host: localhost"), Stream.of(headers))
                .collect(Collectors.joining("\r\n", "", "\r\n\r\n"));
    }

    private static String authorized(AttackTarget target, String request, TestUser party, int length) {
        return head(request, "Authorization: Bearer " + target.tokens().apply(party), "Content-Length: " + length);
    }

    /// Holds the connection open, and reads only to see whether it has ended.
    private static void awaitEnd(Socket socket) throws IOException {
        socket.getInputStream().read();
    }

    /// Every page that a merchant may read and that can be large, ten times on one connection.
    private static String pages(AttackTarget target) {
        return Stream.of("/log?limit=1000", "/queues", "/queues/" + AttackTarget.STORE + "/pickup?limit=1000")
                .map(path -> authorized(target, "GET /api/v1" + path, MERCHANT, 0))
                .collect(Collectors.joining())
                .repeat(10);
    }

    /// Reads what comes until nothing has come for a while.
    private static void readAll(Socket socket) throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static byte[] repeated(byte[] bytes, int times) {
        return joined(Collections.nCopies(times, bytes));
    }

    private static byte[] joined(List<byte[]> parts) {
        var all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
