package waybill.server.rest.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import waybill.access.Principal;
import waybill.server.identity.ClientAddress;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Operation;

/// Reads the bodies of requests into memory, as much of it as all of them, and those of one caller, may take.
/// Thread-safe.
final class RequestBodies {

    private final RestSettings settings;
    private final MemoryLimit bodyMemory = MemoryLimit.ofBodies();

    RequestBodies(RestSettings settings) {
        this.settings = settings;
    }

    /// The request with its body, if the operation has one.
    Future<ApiRequest> json(RoutingContext ctx, Operation operation, Optional<Principal> by, ApiRequest call) {
        return operation
                .body()
                .map(validator -> body(ctx, by, settings.payloadMax())
                        .map(bytes -> bytes.length() == 0 && !operation.isBodyRequired()
                                ? call
                                : call.with(JsonInput.parse(validator, bytes.getBytes()))))
                .orElseGet(() -> Future.succeededFuture(call));
    }

    private Future<Buffer> body(RoutingContext ctx, Optional<Principal> by, int bytesMax) {
        var lease = bodyMemory.lease(caller(by));
        return RequestBody.load(ctx.vertx(), ctx.request(), bytesMax, settings.bodyTimeout(), lease);
    }

    /// The body as it is, and the address of its sender.
    Future<RawRequest> raw(RoutingContext ctx, Optional<Principal> by, ClientAddress client) {
        return body(ctx, by, Math.min(RawRequest.BODY_MAX, settings.payloadMax()))
                .map(bytes -> RawRequest.of(ctx, bytes, client));
    }

    /// The caller whose memory a request takes.
    static String caller(Optional<Principal> by) {
        return by.map(user -> user.user().toString()).orElse("");
    }
}
