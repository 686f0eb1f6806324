package waybill.server.rest.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.blob.BlobStore;
import waybill.directory.Directory;
import waybill.directory.Product;
import waybill.journal.Read;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.BlobBody;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.StreamedResponse;
import waybill.server.rest.http.WriteResponse;

/// Images of products. A client may cache one, since its address changes with its content.
public final class ProductImages implements OperationHandlers {

    /// A day. An image under the same address is the same.
    private static final String CACHE_CONTROL = "private, max-age=86400";

    private final Directory directory;
    private final BlobStore blobs;
    private final long imageBytesMax;

    public ProductImages(Directory directory, BlobStore blobs, long imageBytesMax) {
        this.directory = directory;
        this.blobs = blobs;
        this.imageBytesMax = imageBytesMax;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "readProductImage", this::read,
                "replaceProductImage", this::replace,
                "deleteProductImage", this::delete);
    }

    public RequestAction read(ApiRequest call) {
        var store = call.text("store");
        var product = call.text("product");
        Authorization.require(call.principal(), Action.VIEW_PRODUCTS, Relation.NONE, "store " + store);
        return new RequestAction.Download(() -> {
            var image = directory
                    .findProductImage(store, product)
                    .orElseThrow(() -> Problem.notFound("product " + product + ": has no image"));
            var headers = Map.of("etag", '"' + image.sha256() + '"', "cache-control", CACHE_CONTROL);
            return isKnown(call, image.sha256())
                    ? StreamedResponse.empty(304, headers)
                    : BlobBody.response(blobs, image, "product", headers);
        });
    }

    /// Whether the client has the image with that hash.
    private static boolean isKnown(ApiRequest call, String sha256) {
        return call.find("If-None-Match").stream()
                .flatMap(tags -> Stream.of(tags.split(",")))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(tag -> tag.equals("*") || tag.equals('"' + sha256 + '"'));
    }

    public RequestAction replace(ApiRequest call) {
        var store = call.text("store");
        var product = call.text("product");
        Authorization.requireStore(call.principal(), Action.SET_PRODUCTS, Optional.of(store));
        return new RequestAction.Upload(
                () -> requireProduct(store, product), imageBytesMax, received -> save(received, store, product));
    }

    private void requireProduct(String store, String product) {
        var after = directory.listProducts(store, "", Product.PER_STORE_MAX);
        if (after.stream().noneMatch(one -> one.id().equals(product))) {
            throw notFound(store, product);
        }
    }

    private static Problem notFound(String store, String product) {
        return Problem.notFound("product " + product + ": not sold by store " + store);
    }

    private static RequestAction save(ApiRequest call, String store, String product) {
        var image = call.file().orElseThrow(() -> Problem.invalid("body", "body: no image (expected: one)"));
        return new RequestAction.Write(List.of(new Read.OfProduct(store, product)), work -> {
            if (work.findProduct(store, product).isEmpty()) {
                return WriteResponse.of(ApiResponse.of(notFound(store, product)));
            }
            work.saveProductImage(store, product, image);
            return WriteResponse.of(ApiResponse.noContent()
                    .with("etag", '"' + image.sha256() + '"')
                    .with("location", url(store, product, image.sha256())));
        });
    }

    public RequestAction delete(ApiRequest call) {
        var store = call.text("store");
        var product = call.text("product");
        Authorization.requireStore(call.principal(), Action.SET_PRODUCTS, Optional.of(store));
        return new RequestAction.Write(
                List.of(),
                work -> WriteResponse.of(
                        work.deleteProductImage(store, product)
                                ? ApiResponse.noContent()
                                : ApiResponse.of(Problem.notFound("product " + product + ": has no image"))));
    }

    /// The address of an image. It has a part of its hash, so that a new image has another address.
    static String url(String store, String product, String sha256) {
        return "/api/v1/stores/" + encode(store) + "/products/" + encode(product) + "/image?v="
                + sha256.substring(0, 16);
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
