package waybill.storage.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The body of an answer that is kept for a day, deflated: most are an order as JSON, whose names are the same in all
/// of them. The first byte says how the rest is to be read; a row of an older hub has the text itself, which begins
/// with none of these bytes.
public final class ResponseBodyCodec {

    private static final byte DEFLATED = 1;

    /// What is usual in an answer, the most usual last. It is on operators' disks: never change it, only add another
    /// one.
    private static final byte[] DICTIONARY = """
            {"error":{"code":"","message":"","field":""}},"paymentStatus":"paid","status":"cancelled","status":"delivered",\
            "status":"assigned_to_driver","status":"ready_for_pickup","status":"payment_confirmed","status":"preparing",\
            "status":"in_transit","status":"picked_up","status":"accepted","driver":{"id":"","name":"","phone":""},\
            "deliveredAt":"","eventId":,"acceptBy":"2026-01-01T00:00:00.000Z","fare":null,"driverId":null,"reason":null,\
            "priceCents":,"currency":"USD","product":"","price":,"quantity":1,"name":"","items":[{"productId":"",\
            "coordinates":null,"latitude":,"longitude":,"pickupAddress":{"text":"","deliveryAddress":{"text":"",\
            "customerId":"","customerName":"","customerPhone":null,"customer":{"id":"","name":"","phone":null},\
            "storeId":"","store":"","externalId":"","messageId":"","orderNumber":"WB-20260101-000",\
            "totalAmount":null,"paid":false,"status":"pending","createdAt":"2026-01-01T00:00:00.000Z",\
            "updatedAt":"2026-01-01T00:00:00.000Z","success":true,"data":{"orderId":"01900000-0000-7000-8000-","id":"019\
            """.getBytes(StandardCharsets.UTF_8);

    private ResponseBodyCodec() {}

    public static byte[] encode(String body) {
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, /* nowrap= */ true)) {
            deflater.setDictionary(DICTIONARY);
            deflater.setInput(body.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            var out = new ByteArrayOutputStream();
            out.write(DEFLATED);
            var piece = new byte[1_024];
            while (!deflater.finished()) {
                out.write(piece, 0, deflater.deflate(piece));
            }
            return out.toByteArray();
        }
    }

    public static String decode(byte[] kept) {
        if (kept.length == 0 || kept[0] != DEFLATED) {
            return new String(kept, StandardCharsets.UTF_8);
        }
        try (var inflater = new Inflater(/* nowrap= */ true)) {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(kept, 1, kept.length - 1);
            var out = new ByteArrayOutputStream();
            var piece = new byte[4_096];
            while (!inflater.finished()) {
                var count = inflater.inflate(piece);
                if (count == 0 && !inflater.finished()) {
                    throw new CorruptDataException("the body of an answer ends too early", new DataFormatException());
                }
                out.write(piece, 0, count);
            }
            return out.toString(StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw new CorruptDataException("the body of an answer", e);
        }
    }
}
