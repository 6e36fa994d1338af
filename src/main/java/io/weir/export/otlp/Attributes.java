package io.weir.export.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.weir.export.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attributes as they are gathered. Each is made of a field of the record, and is there only where
 * that field may be sent; a field that is renamed gives its attribute the new name. What a call
 * does not have is left out. Mutable, for one thread.
 */
final class Attributes {
    private final Fields fields;
    private final List<KeyValue> gathered = new ArrayList<>();

    Attributes(Fields fields) {
        this.fields = fields;
    }

    /** An attribute of text that is made of no field. */
    static KeyValue of(String key, String text) {
        return KeyValue.newBuilder().setKey(key).setValue(value(text)).build();
    }

    Attributes text(String field, String key, @Nullable String text) {
        return text == null || text.isEmpty() ? this : add(field, key, value(text));
    }

    Attributes number(String field, String key, long number) {
        return add(field, key, AnyValue.newBuilder().setIntValue(number).build());
    }

    /** A number, where there is one to speak of. */
    Attributes positive(String field, String key, long number) {
        return number > 0 ? number(field, key, number) : this;
    }

    /** Microseconds, as seconds; none where they are below 0. */
    Attributes seconds(String field, String key, long micros) {
        return micros < 0
                ? this
                : add(field, key, AnyValue.newBuilder().setDoubleValue(micros / 1e6).build());
    }

    Attributes flag(String field, String key, boolean flag) {
        return add(field, key, AnyValue.newBuilder().setBoolValue(flag).build());
    }

    Attributes texts(String field, String key, List<String> texts) {
        if (texts.isEmpty()) {
            return this;
        }
        ArrayValue.Builder array = ArrayValue.newBuilder();
        texts.forEach(text -> array.addValues(value(text)));
        return add(field, key, AnyValue.newBuilder().setArrayValue(array).build());
    }

    List<KeyValue> gathered() {
        return gathered;
    }

    private Attributes add(String field, String key, AnyValue value) {
        if (fields.sends(field)) {
            gathered.add(
                    KeyValue.newBuilder()
                            .setKey(fields.nameOf(field, key))
                            .setValue(value)
                            .build());
        }
        return this;
    }

    private static AnyValue value(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }
}
