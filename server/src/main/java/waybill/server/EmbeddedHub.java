package waybill.server;

import io.netty.channel.ChannelPipeline;
import java.util.concurrent.CompletionStage;
import waybill.journal.EventLog;
import waybill.outbound.OutboundJobs;
import waybill.server.identity.TokenIssuer;
import waybill.server.rest.Endpoints;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.InProcessRequest;

/// A hub that opens no port: the process that it is part of brings the connections and the requests. A simulation runs
/// such hubs.
public final class EmbeddedHub implements AutoCloseable {

    private final HubPart hub;
    private final Endpoints endpoints;

    private EmbeddedHub(HubPart hub, Endpoints endpoints) {
        this.hub = hub;
        this.endpoints = endpoints;
    }

    /// Starts a hub, or throws with what stands in the way.
    public static EmbeddedHub start(Config config, Platform platform) {
        return of(HubPart.start(config, platform));
    }

    /// Starts a node on a store that is open, and stays open when the node closes.
    public static EmbeddedHub start(Config config, Platform platform, StoragePart storage, ClusterPart cluster) {
        return of(HubPart.start(config, platform, storage, cluster));
    }

    private static EmbeddedHub of(HubPart hub) {
        return new EmbeddedHub(hub, WebPart.endpoints(hub));
    }

    /// Serves Socket.IO on a connection, behind its HTTP codec.
    public void attach(ChannelPipeline pipeline, String behind) {
        hub.sockets().server().attach(pipeline, behind);
    }

    /// Handles a request of the REST API, without HTTP.
    public CompletionStage<ApiResponse> handle(InProcessRequest request) {
        return endpoints.handle(request);
    }

    public EventLog eventLog() {
        return hub.eventLog();
    }

    /// What is sent to other systems and people.
    public OutboundJobs outboundJobs() {
        return hub.outboundJobs();
    }

    /// Whether the disk takes what is written.
    public boolean isWritable() {
        return hub.isWritable();
    }

    /// Issues tokens in development mode.
    public TokenIssuer tokenIssuer() {
        return hub.parts().security().tokenVerifier().issuer().orElseThrow();
    }

    /// Closes what the hub has open. It disconnects no client, so that its connections look broken.
    @Override
    public void close() {
        hub.close();
    }
}
