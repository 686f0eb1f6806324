package waybill.socketio;

import waybill.socketio.adapter.JsonText;

/// JSON text as an argument that is sent as it is. Its creator vouches that it is well-formed.
public record RawJson(String json) implements JsonText {}
