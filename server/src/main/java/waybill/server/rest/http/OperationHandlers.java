package waybill.server.rest.http;

import java.util.Map;

/// Handlers of operations of the contract.
@FunctionalInterface
public interface OperationHandlers {

    /// The handler of each operation, by its operation id.
    Map<String, RequestAction.Handler> operations();
}
