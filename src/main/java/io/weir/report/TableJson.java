package io.weir.report;

import io.weir.store.Column;
import io.weir.store.Table;
import io.weir.wire.Json;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A table for programs: {@code {"columns": [{"name", "unit"}], "rows": [[…]]}}, with numbers as
 * numbers and times in ISO 8601, and {@code "notes": […]} where it has some.
 */
public final class TableJson {
    private TableJson() {}

    /** The table as an object. */
    public static String of(Table table) {
        StringWriter json = new StringWriter();
        try (JsonGenerator to = Json.FACTORY.createGenerator(Json.WRITE, json)) {
            to.writeStartObject();
            write(table, to);
            to.writeEndObject();
        }
        return json.toString();
    }

    /** Writes the members of the table into an object that has been started. */
    public static void write(Table table, JsonGenerator to) {
        to.writeArrayPropertyStart("columns");
        for (Column column : table.columns()) {
            to.writeStartObject();
            to.writeStringProperty("name", column.name());
            to.writeStringProperty("unit", column.unit().word());
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeArrayPropertyStart("rows");
        for (List<@Nullable Object> row : table.rows()) {
            to.writeStartArray();
            row.forEach(value -> cell(to, value));
            to.writeEndArray();
        }
        to.writeEndArray();
        if (!table.notes().isEmpty()) {
            to.writeArrayPropertyStart("notes");
            table.notes().forEach(to::writeString);
            to.writeEndArray();
        }
    }

    private static void cell(JsonGenerator to, @Nullable Object value) {
        switch (value) {
            case null -> to.writeNull();
            case Long number -> to.writeNumber(number);
            case Double number when Double.isFinite(number) -> to.writeNumber(number);
            case Double number -> to.writeNull();
            case Boolean flag -> to.writeBoolean(flag);
            default -> to.writeString(value.toString());
        }
    }
}
