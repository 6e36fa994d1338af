package io.weir.emulator;

import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}. */
final class Models {
    /** When the models are said to have been made: 2025-01-01. */
    private static final long CREATED = 1_735_689_600;

    private Models() {}

    /** All listed models. */
    static byte[] list() {
        return JsonText.bytes(out -> {
            out.writeStartObject();
            out.writeStringProperty("object", "list");
            out.writeArrayPropertyStart("data");
            EmulatedModels.names().forEach(name -> model(out, name));
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** One model, listed or not. */
    static Optional<byte[]> one(String name) {
        return EmulatedModels.behaviour(name).map(known -> JsonText.bytes(out -> model(out, name)));
    }

    private static void model(JsonGenerator out, String name) {
        out.writeStartObject();
        out.writeStringProperty("id", name);
        out.writeStringProperty("object", "model");
        out.writeNumberProperty("created", CREATED);
        out.writeStringProperty("owned_by", "weir-emulator");
        out.writeEndObject();
    }
}
