package waybill.socketio.packet;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes values of an application's types of what [JsonArray#value] gives: records, collections, enums and the
/// like. What does not fit is an `IllegalArgumentException` that names the place and never repeats what the
/// client sent.
public final class ValueBinder {

    private static final int UUID_LENGTH = 36;

    private ValueBinder() {}

    /// `place` is what the value is called in a complaint. Null stays null, except for primitive types, which
    /// refuse it, and `Optional`, which is empty then. Members of an object that a record does not have are
    /// passed over.
    public static @Nullable Object bind(@Nullable Object value, Type type, String place) {
        return switch (type) {
            case Class<?> plain -> plain(value, plain, place);
            case ParameterizedType generic -> generic(value, generic, place);
            case WildcardType wildcard -> bind(value, wildcard.getUpperBounds()[0], place);
            default -> value;
        };
    }

    private static @Nullable Object generic(@Nullable Object value, ParameterizedType type, String place) {
        var raw = (Class<?>) type.getRawType();
        var arguments = type.getActualTypeArguments();
        if (raw == Optional.class) {
            return Optional.ofNullable(bind(value, arguments[0], place));
        }
        if (value == null) {
            return null;
        }
        if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
            return elements(value, arguments[0], place);
        }
        if (raw == Set.class) {
            return new LinkedHashSet<>(elements(value, arguments[0], place));
        }
        if (raw == Map.class && arguments[0] == String.class) {
            return members(value, arguments[1], place);
        }
        return plain(value, raw, place);
    }

    private static List<@Nullable Object> elements(Object value, Type type, String place) {
        if (!(value instanceof List<?> list)) {
            throw wrong(place, value, "an array");
        }
        var bound = new ArrayList<@Nullable Object>(list.size());
        for (int i = 0; i < list.size(); i++) {
            bound.add(bind(list.get(i), type, place + "[" + i + "]"));
        }
        return bound;
    }

    private static Map<String, @Nullable Object> members(Object value, Type type, String place) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(place, value, "an object");
        }
        var bound = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, member) -> bound.put(String.valueOf(name), bind(member, type, place + " member")));
        return bound;
    }

    private static @Nullable Object plain(@Nullable Object value, Class<?> type, String place) {
        if (value == null) {
            if (type.isPrimitive()) {
                throw new IllegalArgumentException(place + ": missing (expected: " + typeName(type) + ")");
            }
            return type == Optional.class ? Optional.empty() : null;
        }
        if (type.isRecord()) {
            return ofRecord(value, type, place);
        }
        if (type.isEnum()) {
            return constant(value, type, place);
        }
        if (type.isArray() && type != byte[].class) {
            return array(value, type.getComponentType(), place);
        }
        var number = number(value, type, place);
        return number != null ? number : other(value, type, place);
    }

    private static Object ofRecord(Object value, Class<?> type, String place) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(place, value, "an object");
        }
        var shape = RecordShape.of(type);
        var arguments = new @Nullable Object[shape.components().size()];
        for (int i = 0; i < arguments.length; i++) {
            var component = shape.components().get(i);
            arguments[i] = bind(map.get(component.name()), component.type(), place + "." + component.name());
        }
        try {
            return shape.create(arguments);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
    }

    private static Object constant(Object value, Class<?> type, String place) {
        for (var constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(value)) {
                return constant;
            }
        }
        throw wrong(place, value, "one of " + List.of(type.getEnumConstants()));
    }

    private static Object array(Object value, Class<?> type, String place) {
        var bound = elements(value, type, place);
        var array = Array.newInstance(type, bound.size());
        for (int i = 0; i < bound.size(); i++) {
            Array.set(array, i, bound.get(i));
        }
        return array;
    }

    /// Null where the type is none of numbers.
    private static @Nullable Object number(Object value, Class<?> type, String place) {
        if (type == int.class || type == Integer.class) {
            return (int) integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE, place);
        }
        if (type == long.class || type == Long.class) {
            return integer(value, Long.MIN_VALUE, Long.MAX_VALUE, place);
        }
        if (type == short.class || type == Short.class) {
            return (short) integer(value, Short.MIN_VALUE, Short.MAX_VALUE, place);
        }
        if (type == byte.class || type == Byte.class) {
            return (byte) integer(value, Byte.MIN_VALUE, Byte.MAX_VALUE, place);
        }
        if (type == double.class || type == Double.class) {
            return any(value, place).doubleValue();
        }
        if (type == float.class || type == Float.class) {
            return any(value, place).floatValue();
        }
        if (type == Number.class) {
            return any(value, place);
        }
        if (type == BigDecimal.class) {
            return new BigDecimal(any(value, place).toString());
        }
        return null;
    }

    private static Number any(Object value, String place) {
        if (value instanceof Number number) {
            return number;
        }
        throw wrong(place, value, "a number");
    }

    /// A whole number, also where it came as `5.0`, which JavaScript does not distinguish from 5.
    private static long integer(Object value, long min, long max, String place) {
        var number = any(value, place);
        double fraction = number.doubleValue();
        boolean isWhole = number instanceof Long || (fraction == Math.rint(fraction) && Math.abs(fraction) < 0x1p63);
        if (!isWhole || number.longValue() < min || number.longValue() > max) {
            throw new IllegalArgumentException(
                    place + ": a number (expected: a whole number " + min + ".." + max + ")");
        }
        return number.longValue();
    }

    private static Object other(Object value, Class<?> type, String place) {
        if (type.isInstance(value)) { // Object, Map, List, Boolean, String, byte[]
            return value;
        }
        if (type == boolean.class && value instanceof Boolean) {
            return value;
        }
        if (type == Optional.class) {
            return Optional.of(value);
        }
        if (type == ByteBuffer.class && value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }
        var read = value instanceof String text
                ? ofText(text, type)
                : value instanceof Long ms ? ofNumber(ms, type) : null;
        if (read == null) {
            throw wrong(place, value, typeName(type));
        }
        return read;
    }

    private static @Nullable Object ofText(String text, Class<?> type) {
        try {
            if ((type == char.class || type == Character.class) && text.length() == 1) {
                return text.charAt(0);
            }
            if (type == UUID.class && text.length() == UUID_LENGTH) {
                return UUID.fromString(text);
            }
            if (type == Instant.class) {
                return OffsetDateTime.parse(text).toInstant();
            }
            return null;
        } catch (DateTimeException | IllegalArgumentException _) {
            return null;
        }
    }

    /// Milliseconds, as JavaScript counts time.
    private static @Nullable Object ofNumber(long ms, Class<?> type) {
        return type == Instant.class ? Instant.ofEpochMilli(ms) : null;
    }

    private static IllegalArgumentException wrong(String place, Object value, String expected) {
        return new IllegalArgumentException(place + ": " + found(value) + " (expected: " + expected + ")");
    }

    private static String found(Object value) {
        return switch (value) {
            case String _ -> "a string";
            case Number _ -> "a number";
            case Boolean _ -> "a boolean";
            case List<?> _ -> "an array";
            case byte[] _ -> "binary";
            default -> "an object";
        };
    }

    private static String typeName(Class<?> type) {
        if (type == Instant.class) {
            return "a time such as 2026-01-31T12:00:00Z, or its milliseconds";
        }
        if (type == char.class || type == Character.class) {
            return "one character";
        }
        if (type == String.class || type == CharSequence.class) {
            return "a string";
        }
        return type == byte[].class ? "binary" : type.getSimpleName();
    }
}
