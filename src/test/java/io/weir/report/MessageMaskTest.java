package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageMaskTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
                    Limit 30000, Used 29,500, Requested 2.5.       | Limit <*>, Used <*>, Requested <*>.
                    Please try again in 6m0s or 20ms.              | Please try again in <*> or <*>.
                    organization org-AbCdEfGh on tokens            | organization <*> on tokens
                    key provided: sk-proj-ab********wxyz. You      | key provided: <*>. You
                    request req_0123456789abcdef failed            | request <*> failed
                    id 01a20130-7779-7488-9392-18fc51f21949 gone   | id <*> gone
                    since 2026-11-22T01:02:03Z, 0xDEADbeef         | since <*>, <*>
                    see https://example.com/a?b=c (details)        | see <*> (details)
                    The model `gpt-9` and 'a b' and "c" are odd    | The model <*> and <*> and <*> are odd
                    connect to 10.1.2.3:443 by me@example.com      | connect to <*> by <*>
                    messages[12].content[0] of 50% or $5           | messages[<*>].content[<*>] of <*> or <*>
                    """)
    void masksWhatVaries(String message, String masked) {
        assertThat(MessageMask.of(message)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
                    You didn't provide a key and it isn't ours
                    The users' keys aren't organization-wide
                    Rate limit reached for gpt-4o-mini (RPM)
                    a user-defined, well-known sk-y feedface
                    """)
    void leavesWordsAlone(String message) {
        assertThat(MessageMask.of(message)).isEqualTo(message.strip());
    }

    @Test
    void leavesNothingThatATerminalObeysAndBoundsTheLength() {
        assertThat(MessageMask.of("\u001b[2Jred\u202e\r\nblue\0\tgreen "))
                .isEqualTo("[2Jred blue green");
        assertThat(MessageMask.of("a ".repeat(100_000)))
                .hasSizeLessThanOrEqualTo(MessageMask.MAX_LENGTH);
    }
}
