package io.weir.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.http.Query;
import io.weir.store.CallStore;
import io.weir.store.StoreUnavailable;
import io.weir.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time stands still but where a test, or the page that is asked, lets it pass. */
class KeptAnswersTest {
    private static final Duration SLOW = Duration.ofMillis(200);

    /** A hundred times as long. */
    private static final Duration REST = Duration.ofSeconds(20);

    private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private long calls = 100_000;
    private final Queue<Runnable> renewals = new ArrayDeque<>();
    private final KeptAnswers answers = new KeptAnswers(() -> calls, () -> now, renewals::add);
    private final Numbered page = new Numbered();

    /** Answers one, two, three. */
    private final class Numbered implements Page {
        private int asked;
        private Duration takes = SLOW;
        private boolean keeps = true;
        private @Nullable CallStore closed;
        private Runnable meanwhile = () -> {};

        @Override
        public String path() {
            return "/numbered";
        }

        @Override
        public String title() {
            return "Numbered";
        }

        @Override
        public boolean keeps() {
            return keeps;
        }

        @Override
        public Answer answer(Visit visit) throws StoreUnavailable {
            if (closed != null) {
                closed.count();
            }
            now = now.plus(takes);
            Runnable next = meanwhile;
            meanwhile = () -> {};
            next.run();
            return new Answer.Redirect("/" + ++asked);
        }
    }

    @Test
    void whatTookLongIsGivenAgainWithTheTimeItIsOf() throws StoreUnavailable {
        Instant first = now;
        assertThat(given("last=24h")).isEqualTo("/1");
        now = now.plus(REST).minus(SLOW);
        assertThat(given("last=24h")).isEqualTo("/1");
        assertThat(answers.answer(page, visit("last=24h"), false).asked()).isEqualTo(first);
        assertThat(renewals).isEmpty();
    }

    @Test
    void whoComesALittleLaterGetsItAndHasItRenewedOnceForTheNext() throws StoreUnavailable {
        given("last=24h");
        now = now.plus(REST);
        assertThat(given("last=24h")).isEqualTo("/1");
        assertThat(given("last=24h")).isEqualTo("/1");
        assertThat(renewals).hasSize(1);
        renew();
        assertThat(given("last=24h")).isEqualTo("/2");
        assertThat(renewals).isEmpty();
    }

    @Test
    void whoComesMuchLaterWaitsForANewOne() throws StoreUnavailable {
        given("last=24h");
        now = now.plus(REST).plus(Duration.ofMinutes(1));
        assertThat(given("last=24h")).isEqualTo("/2");
        assertThat(renewals).isEmpty();
    }

    @Test
    void whoComesWhileTheFirstIsBeingMadeWaitsForThatOne() throws Exception {
        given("last=7d");
        AtomicReference<String> second = new AtomicReference<>("");
        Thread other =
                new Thread(() -> {
                    try {
                        second.set(given("last=24h"));
                    } catch (StoreUnavailable e) {
                        second.set(String.valueOf(e.getMessage()));
                    }
                });
        page.meanwhile =
                () -> {
                    other.start();
                    while (other.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                };
        assertThat(given("last=24h")).isEqualTo("/2");
        other.join();
        assertThat(second).hasValue("/2");
    }

    @Test
    void restIsNeverLongerThanAMinute() throws StoreUnavailable {
        page.takes = Duration.ofSeconds(5);
        given("last=24h");
        now = now.plus(Duration.ofMinutes(1));
        given("last=24h");
        assertThat(renewals).hasSize(1);
    }

    @Test
    void whoAsksForANewOneGetsItAndSoDoWhoComeNext() throws StoreUnavailable {
        given("last=24h");
        assertThat(number(answers.answer(page, visit("last=24h"), true))).isEqualTo("/2");
        assertThat(given("last=24h")).isEqualTo("/2");
    }

    @Test
    void whatIsQuickIsAskedEachTime() throws StoreUnavailable {
        page.takes = Duration.ofMillis(49);
        given("last=24h");
        assertThat(given("last=24h")).isEqualTo("/2");
    }

    @Test
    void aStoreOfFewCallsIsAskedEachTime() throws StoreUnavailable {
        calls = 99_999;
        given("last=24h");
        assertThat(given("last=24h")).isEqualTo("/2");
    }

    @Test
    void aPageThatDoesNotKeepIsAskedEachTime() throws StoreUnavailable {
        page.keeps = false;
        given("last=24h");
        assertThat(given("last=24h")).isEqualTo("/2");
    }

    @Test
    void otherViewsHaveOtherAnswersButFilesHaveTheirPages() throws StoreUnavailable {
        given("last=24h");
        assertThat(given("last=7d")).isEqualTo("/2");
        assertThat(given("last=24h&model=gpt-5")).isEqualTo("/3");
        assertThat(given("last=24h&format=csv&table=groups")).isEqualTo("/1");
    }

    @Test
    void anotherNameOfTheServerIsAnotherAnswerBecauseItStandsInTheAddresses()
            throws StoreUnavailable {
        given("last=24h");
        Visit elsewhere = visit("last=24h", "https://weir.example");
        assertThat(number(answers.answer(page, elsewhere, false))).isEqualTo("/2");
    }

    @Test
    void aRenewalThatFailsLeavesTheTroubleToWhoeverComesNext(@TempDir Path directory)
            throws IOException {
        given("last=24h");
        now = now.plus(REST);
        given("last=24h");
        page.closed = Stores.open(directory);
        page.closed.close();
        renew();
        assertThatThrownBy(() -> given("last=24h")).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void noMoreThanThirtyTwoViewsAreKeptTheLatestUsed() throws StoreUnavailable {
        given("user=first");
        for (int i = 0; i < 31; i++) {
            given("user=" + i);
        }
        assertThat(given("user=first")).isEqualTo("/1");
        given("user=one-more");
        assertThat(given("user=first")).isEqualTo("/1");
        assertThat(given("user=0")).isEqualTo("/34");
    }

    private void renew() {
        Objects.requireNonNull(renewals.poll()).run();
    }

    private String given(String query) throws StoreUnavailable {
        return number(answers.answer(page, visit(query), false));
    }

    private static String number(KeptAnswers.Given given) {
        return ((Answer.Redirect) given.answer()).location();
    }

    private Visit visit(String query) {
        return visit(query, "http://127.0.0.1:8080");
    }

    private Visit visit(String query, String origin) {
        ViewQuery view = ViewQuery.of(new Query(query), now);
        return new Visit("/numbered", view, Visitor.NOBODY, now, "", origin);
    }
}
