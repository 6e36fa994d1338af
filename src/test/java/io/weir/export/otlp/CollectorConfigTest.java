package io.weir.export.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The collector's configuration that is shipped, as far as it can be checked without a collector:
 * that it hangs together, not that a collector takes every key.
 */
class CollectorConfigTest {
    private static final JsonNode CONFIG =
            YAMLMapper.builder().build().readTree(Path.of("deploy/otel/collector.yaml").toFile());

    @Test
    void itTakesWhatWeirSendsByBothProtocols() {
        JsonNode protocols = CONFIG.at("/receivers/otlp/protocols");
        assertThat(protocols.at("/grpc/endpoint").asString()).endsWith(":4317");
        assertThat(protocols.at("/http/endpoint").asString()).endsWith(":4318");
        assertThat(protocols.at("/grpc/max_recv_msg_size_mib").asInt()).isGreaterThan(4);
    }

    @Test
    void everySignalHasAPipelineOfComponentsThatAreThere() {
        JsonNode pipelines = CONFIG.at("/service/pipelines");
        assertThat(pipelines.propertyNames()).containsExactlyInAnyOrderElementsOf(Signal.WORDS);
        Set<String> used = new TreeSet<>();
        for (JsonNode pipeline : pipelines.values()) {
            for (String part : List.of("receivers", "processors", "exporters")) {
                assertThat(pipeline.path(part).values()).isNotEmpty();
                for (JsonNode name : pipeline.path(part).values()) {
                    assertThat(CONFIG.path(part).has(name.asString()))
                            .as("%s %s", part, name)
                            .isTrue();
                    used.add(part + "/" + name.asString());
                }
            }
        }
        for (String part : List.of("receivers", "processors", "exporters")) {
            CONFIG.path(part)
                    .propertyNames()
                    .forEach(name -> assertThat(used).contains(part + "/" + name));
        }
        assertThat(CONFIG.propertyNames())
                .containsExactly("receivers", "processors", "exporters", "service");
    }

    @Test
    void itShowsAndPassesOn() {
        assertThat(CONFIG.path("exporters").propertyNames()).containsExactly("debug", "otlp_grpc");
        assertThat(CONFIG.at("/exporters/otlp_grpc/endpoint").asString())
                .isEqualTo("${env:OTLP_ENDPOINT}");
    }
}
