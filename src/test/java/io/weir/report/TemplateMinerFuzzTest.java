package io.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.report.TemplateMiner.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages are what strangers write. Whatever they are, their template fits them. */
class TemplateMinerFuzzTest {
    @FuzzTest
    void fitsEachMessage(FuzzedDataProvider data) {
        List<String> messages = new ArrayList<>();
        while (data.remainingBytes() > 0) {
            messages.add(data.consumeString(200));
        }
        mineAndCheck(messages);
    }

    @Test
    void fitsAnyMessage() {
        Random random = new Random(31);
        for (int round = 0; round < 60; round++) {
            List<String> messages = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                messages.add(message(random));
            }
            mineAndCheck(messages);
        }
    }

    @Test
    void takesNoLongerForAHostileMessage() {
        TemplateMiner miner = new TemplateMiner();
        for (String piece :
                List.of("'", "a'b ", "`\"'", "1.", "1m", "req_", "a@", "0x", "sk-", "-", "f1")) {
            for (int i = 0; i < 200; i++) {
                assertThat(miner.add("", piece.repeat(500) + i).text()).isNotEmpty();
            }
        }
    }

    private static void mineAndCheck(List<String> messages) {
        TemplateMiner miner = new TemplateMiner();
        List<Template> templates = messages.stream().map(one -> miner.add("", one)).toList();
        for (int i = 0; i < messages.size(); i++) {
            String text = templates.get(i).text();
            assertThat(text.chars()).noneMatch(Character::isISOControl);
            String masked = MessageMask.of(messages.get(i));
            if (masked.isEmpty()) {
                assertThat(text).isEqualTo("(no message)");
            } else {
                assertThat(fits(text.split(" ", -1), masked.split(" ", -1))).as(text).isTrue();
            }
        }
    }

    private static boolean fits(String[] template, String[] words) {
        if (template.length == 1 && template[0].equals(MessageMask.VARIABLE)) {
            return true;
        }
        for (int i = 0; i < Math.min(template.length, TemplateMiner.MAX_WORDS); i++) {
            if (!template[i].equals(MessageMask.VARIABLE) && !template[i].equals(words[i])) {
                return false;
            }
        }
        return template.length == Math.min(words.length, TemplateMiner.MAX_WORDS + 1);
    }

    private static String message(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(' ');
                case 1 -> text.append((char) ('a' + random.nextInt(3)));
                case 2 -> text.append(random.nextInt(10));
                default ->
                        text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x7f : 0xd800));
            }
        }
        return text.toString();
    }
}
