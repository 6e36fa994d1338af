package io.weir.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.call.Pace.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PaceLogTest {
    private final PaceLog log = new PaceLog();

    @Test
    void whatIsNotedIsReadAgain() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        List<Piece> pieces = new ArrayList<>();
        long micros = 0;
        for (int i = 0; i < 1_000; i++) {
            micros += PaceLog.TOGETHER_MICROS + random.nextLong(1L << 40);
            pieces.add(new Piece(micros, random.nextInt(1, 1 << 20)));
            log.relayed(micros, pieces.getLast().bytes());
        }
        assertThat(Pace.parse(log.text()).pieces()).isEqualTo(pieces);
    }

    @Test
    void piecesOfOneMillisecondAreOnePiece() {
        log.relayed(5_000, 10);
        log.relayed(5_999, 20);
        log.relayed(6_000, 30);

        assertThat(log.text()).isEqualTo("5000+30 1000+30");
    }

    @Test
    void anAnswerOfVeryManyPiecesKeepsItsLength() {
        for (int i = 0; i < PaceLog.MOST_PIECES + 1_000; i++) {
            log.relayed(i * 2_000L, 3);
        }
        List<Piece> pieces = Pace.parse(log.text()).pieces();

        assertThat(pieces).hasSize(PaceLog.MOST_PIECES);
        assertThat(pieces.stream().mapToInt(Piece::bytes).sum())
                .isEqualTo(3 * (PaceLog.MOST_PIECES + 1_000));
    }

    @Test
    void anAnswerWithoutPiecesHasNoPace() {
        assertThat(log.text()).isEmpty();
        assertThat(Pace.parse("").pieces()).isEmpty();
    }

    @Test
    void whatIsNoPaceIsLeftOut() {
        for (String text :
                List.of(
                        "5",
                        "+",
                        "5+",
                        "-5+1",
                        "a 5+1",
                        "99999999999999999999+1",
                        "5+9999999999")) {
            assertThat(Pace.parse(text).pieces()).as(text).isEmpty();
        }
        assertThat(Pace.parse("5+1 6+2 x 7+3").pieces())
                .containsExactly(new Piece(5, 1), new Piece(11, 2));
    }
}
