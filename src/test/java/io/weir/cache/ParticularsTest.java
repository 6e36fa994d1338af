package io.weir.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParticularsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Where is my order? | where is my order",
                "How do I pay? | How can I pay!",
                "Is NASA in Texas? | Is NASA in Texas",
                "My parcel has not come. | My parcel hasn't come.",
                "Say \"good day\". | Please say \"good day\".",
            })
    void allowWhatMayMeanTheSame(String one, String other) {
        assertThat(Particulars.of(one).allow(Particulars.of(other))).isTrue();
        assertThat(Particulars.of(other).allow(Particulars.of(one))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Convert 10 miles. | Convert 12 miles.",
                "Book a table for two. | Book a table for three.",
                "Is it safe? | Is it not safe?",
                "Ist das sicher? | Ist das nicht sicher?",
                "Is it safe with milk? | Is it safe without milk?",
                "Send it to Ann. | Send it to Bob.",
                "What is model A? | What is model B?",
                "Is NASA in Texas? | Is ESA in Texas?",
                "Flights before noon | Flights after noon",
                "Say \"good day\". | Say \"good night\".",
                "10 miles in kilometers | 10 kilometers in miles",
                "What is 15 percent of 80? | What is 80 percent of 15?",
            })
    void doNotAllowWhatIsAnother(String one, String other) {
        assertThat(Particulars.of(one).allow(Particulars.of(other))).isFalse();
        assertThat(Particulars.of(other).allow(Particulars.of(one))).isFalse();
    }

    @Test
    void aWordAtTheBeginningOfASentenceIsNoName() {
        assertThat(Particulars.of("Tell me. Please: Where do I go?").listed()).isEmpty();
        assertThat(Particulars.of("3 of 5, or 7").numbers())
                .isEqualTo(List.of("number 3", "number 5", "number 7"));
    }
}
