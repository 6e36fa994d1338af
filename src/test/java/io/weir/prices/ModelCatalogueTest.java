package io.weir.prices;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogueTest {
    private static final ModelCatalogue SHIPPED = ModelCatalogue.shipped();

    @Test
    void eachShippedFactNamesThePageItWasReadOn() {
        assertThat(SHIPPED.facts())
                .isNotEmpty()
                .allSatisfy(fact -> assertThat(fact.source()).startsWith("https://"))
                .allSatisfy(fact -> assertThat(fact.shutdown()).isNotNull());
    }

    @Test
    void findsAModelByItsOwnNamesOnly() {
        assertThat(SHIPPED.find("gpt-5-mini")).isEqualTo(SHIPPED.find("gpt-5-mini-2025-08-07"));
        assertThat(SHIPPED.find("openai/gpt-5-mini")).isEqualTo(SHIPPED.find("gpt-5-mini"));
        assertThat(SHIPPED.find("gpt-4o-2024-05-13")).isPresent();
        assertThat(SHIPPED.find("gpt-4o")).isEmpty();
        assertThat(SHIPPED.find("gpt-5-mini-2027-01-01")).isEmpty();
    }

    @Test
    void readsWhatIsKnownAndLeavesTheRestOpen() {
        ModelCatalogue catalogue =
                parse(
                        "{\"models\":[{\"model\":\"old\",\"shutdown\":\"2026-12-11\",\"source\":\"us\"}]}");
        assertThat(catalogue.find("old").map(ModelFact::shutdown))
                .contains(LocalDate.of(2026, 12, 11));
        assertThat(catalogue.find("old").flatMap(it -> Optional.ofNullable(it.replacement())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no | the catalogue is not JSON",
                "{} | the catalogue has no list called models",
                "{\"models\":[{\"model\":\"m\",\"source\":\"s\"},{\"source\":\"s\"}]} | model 2: an entry has no model name",
                "{\"models\":[{\"model\":\"m\"}]} | model 1: m: no source is named",
                "{\"models\":[{\"model\":\"m\",\"source\":\"s\",\"shutdwon\":\"2026-01-01\"}]} | model 1: there is no field called shutdwon",
                "{\"models\":[{\"model\":\"m\",\"source\":\"s\",\"shutdown\":\"soon\"}]} | model 1: Text 'soon' could not be parsed",
                "{\"models\":[{\"model\":\"m\",\"source\":\"s\",\"aliases\":\"n\"}]} | model 1: aliases is not a list",
                "{\"models\":[{\"model\":\"m\",\"source\":\"s\",\"announced\":\"2026-02-01\",\"shutdown\":\"2026-01-01\"}]} | before it was announced",
                "{\"models\":[{\"model\":\"m\",\"source\":\"s\"},{\"model\":\"n\",\"aliases\":[\"m\"],\"source\":\"s\"}]} | two entries are about m"
            })
    void saysWhichEntryIsWrongAndHow(String json, String words) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void anEntryOfTheBookIsTheSameAfterItWasWrittenAndRead() {
        assertThat(PriceBook.shipped().entries())
                .allSatisfy(entry ->
                        assertThat(PriceJson.entry(PriceJson.json(entry))).isEqualTo(entry));
    }

    private static ModelCatalogue parse(String json) {
        return ModelCatalogue.parse(json.getBytes(UTF_8));
    }
}
