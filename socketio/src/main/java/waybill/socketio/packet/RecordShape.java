package waybill.socketio.packet;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a record is taken apart and put together, found out once for each class.
final class RecordShape {

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    record Component(String name, Type type, Class<?> erased, Method accessor) {}

    private final Class<?> type;
    private final List<Component> components;
    private final Constructor<?> constructor;

    private RecordShape(Class<?> type) {
        this.type = type;
        var found = type.getRecordComponents();
        this.components = Arrays.stream(found).map(RecordShape::component).toList();
        try {
            var parameters = Arrays.stream(found).map(RecordComponent::getType).toArray(Class<?>[]::new);
            this.constructor = type.getDeclaredConstructor(parameters);
        } catch (NoSuchMethodException e) {
            throw new AssertionError("a record without its canonical constructor: " + type, e);
        }
        constructor.trySetAccessible();
    }

    private static Component component(RecordComponent found) {
        var accessor = found.getAccessor();
        accessor.trySetAccessible();
        return new Component(found.getName(), found.getGenericType(), found.getType(), accessor);
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    List<Component> components() {
        return components;
    }

    @Nullable
    Object get(Component component, Record from) {
        try {
            return component.accessor().invoke(from);
        } catch (IllegalAccessException e) {
            throw notAccessible(e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("argument: " + type.getName() + "." + component.name() + " failed", e);
        }
    }

    /// A record of these components. An exception of its constructor is thrown as it is.
    Object create(@Nullable Object... arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (IllegalAccessException e) {
            throw notAccessible(e);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(e.getCause());
        } catch (InstantiationException e) {
            throw new AssertionError("a record that is abstract: " + type, e);
        }
    }

    private IllegalStateException notAccessible(IllegalAccessException e) {
        return new IllegalStateException(
                "record: " + type.getName() + " is not accessible (expected: public in an exported package, or in one"
                        + " that its module opens to waybill.socketio)",
                e);
    }
}
