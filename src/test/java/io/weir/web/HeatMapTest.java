package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.weir.report.Steps;
import io.weir.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeatMapTest {
    private static final Steps STEPS = new Steps(100, 3, Duration.ofHours(1));

    @Test
    void itsTextsAreEscapedAndItsFiguresAreATableToo() {
        HeatMap map =
                new HeatMap(
                        "spread",
                        "Latency",
                        STEPS,
                        List.of(
                                new HeatMap.Row("0–1 s", List.of(1L, 0L, 7L)),
                                new HeatMap.Row(Hostile.TEXTS.getFirst(), List.of(0L, 2L, 0L))));
        StringOutput out = new StringOutput();
        TemplateEngine.createPrecompiled(null, ContentType.Html, null, "io.weir.web")
                .render("heat.jte", Map.of("map", map), out);

        Markup markup = new Markup(out.toString());
        markup.holdsNoCodeAndNoStyle();
        markup.hasUniqueIds();
        assertThat(out.toString())
                .doesNotContain(Hostile.TEXTS.getFirst())
                .contains("1970-01-05 04:00:00 UTC");
        assertThat(Json.MAPPER.readTree(map.json()).path("rows").get(0).path("values").toString())
                .isEqualTo("[1,0,7]");
    }

    @Test
    void aRowHasACellForEachStep() {
        assertThatThrownBy(() ->
                        new HeatMap(
                                "spread",
                                "Latency",
                                STEPS,
                                List.of(new HeatMap.Row("0–1 s", List.of(1L)))))
                .hasMessageContaining("1 cells for 3 steps");
    }

    @Test
    void aScaleSaysWhatARowIsARangeOf() {
        List<Double> edges = List.of(1.0, 2.0);
        HeatMap.Scale scale =
                new HeatMap.Scale(
                        edges,
                        "min_latency_ms",
                        "max_latency_ms",
                        List.of(new Chart.Line("p50", "ink", List.of(1.0, 1.5, 1.0))));
        HeatMap.Row row = new HeatMap.Row("1–2 ms", List.of(1L, 0L, 7L));

        String json = new HeatMap("spread", "Latency", STEPS, List.of(row), scale).json();

        assertThat(Json.MAPPER.readTree(json).path("scale").toString())
                .isEqualTo(
                        "{\"edges\":[1.0,2.0],\"least\":\"min_latency_ms\",\"most\":\"max_latency_ms\","
                                + "\"lines\":[{\"label\":\"p50\",\"tone\":\"ink\",\"values\":[1.0,1.5,1.0]}]}");
        assertThatThrownBy(() -> new HeatMap("spread", "Latency", STEPS, List.of(row, row), scale))
                .hasMessageContaining("2 rows have 2 edges");
    }
}
