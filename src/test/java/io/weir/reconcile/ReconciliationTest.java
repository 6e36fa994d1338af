package io.weir.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.store.Table;
import io.weir.wire.Json;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ReconciliationTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private static final String MODEL = "gpt-5";
    private static final Booked TEN_CALLS = new Booked(10, 8_000, 2_000, 1_000_000_000, 0, 0, 0);

    private final Bill bill = new Bill(DAY, DAY.plusDays(3), Projects.TOGETHER);
    private final ArrayNode ledger = Json.MAPPER.createArrayNode();

    @Test
    void theSameOnBothSidesAgrees() throws BillProblem {
        use(10, 8_000, 2_000);
        cost(DAY, "1.00");
        book(DAY, TEN_CALLS);
        Reconciliation result = reconcile("0");
        assertThat(result.agrees()).isTrue();
        assertThat(cause(result)).isEqualTo("agrees");
        assertThat(result.differing().rows()).isEmpty();
        assertThat(result.all().notes().getFirst())
                .contains("billed $1.00, in the ledger $1.00, difference $0.00");
    }

    @Test
    void aNanoDollarACallIsRounding() throws BillProblem {
        use(10, 8_000, 2_000);
        cost(DAY, "1.0000000101");
        book(DAY, TEN_CALLS);
        assertThat(cause(reconcile("0"))).isEqualTo("rounding");
    }

    @Test
    void moreRequestsAndTokensAreTrafficPastWeir() throws BillProblem {
        use(12, 9_000, 2_500);
        cost(DAY, "1.37");
        book(DAY, TEN_CALLS);
        Reconciliation result = reconcile("0.01,0.5%");
        assertThat(result.agrees()).isFalse();
        assertThat(cause(result)).isEqualTo("traffic past Weir");
        assertThat(evidence(result)).contains("2 requests and 1,500 tokens");
        assertThat(result.all().cell(0, "difference_nano_usd")).isEqualTo(370_000_000L);
    }

    @Test
    void aModelThatTheLedgerHasNotIsTrafficPastWeir() throws BillProblem {
        cost(DAY, "1.37");
        assertThat(cause(reconcile("0"))).isEqualTo("traffic past Weir");
        assertThat(evidence(reconcile("0"))).contains("no call of this model");
    }

    @Test
    void equalTokensAtAnotherAmountAreOtherPrices() throws BillProblem {
        use(10, 8_000, 2_000);
        cost(DAY, "1.25");
        book(DAY, TEN_CALLS);
        assertThat(cause(reconcile("0"))).isEqualTo("other prices");
        assertThat(evidence(reconcile("0"))).contains("125.0 %");
    }

    @Test
    void equalTokensAtHalfTheAmountAreABatch() throws BillProblem {
        use(10, 8_000, 2_000);
        cost(DAY, "0.50");
        book(DAY, TEN_CALLS);
        assertThat(cause(reconcile("0"))).isEqualTo("batch or service tier");
        assertThat(evidence(reconcile("0"))).contains("50.0 %", "as batches and flex do");
    }

    @Test
    void requestsOfAnotherTierExplainAnotherAmount() throws BillProblem {
        bill.use(DAY, MODEL, null, Billed.used(4, 4_000, 1_000, true));
        use(6, 4_000, 1_000);
        cost(DAY, "1.60");
        book(DAY, TEN_CALLS);
        assertThat(cause(reconcile("0"))).isEqualTo("batch or service tier");
        assertThat(evidence(reconcile("0"))).contains("4 requests were in a batch or another");
    }

    @Test
    void callsWithoutAPriceExplainAnAmountThatIsMissing() throws BillProblem {
        use(10, 8_000, 2_000);
        cost(DAY, "1.00");
        book(DAY, new Booked(10, 8_000, 2_000, 400_000_000, 6, 0, 0));
        assertThat(cause(reconcile("0"))).isEqualTo("unpriced calls");
        assertThat(evidence(reconcile("0"))).contains("6 of the ledger's 10 calls");
    }

    @Test
    void callsCutOffExplainRequestsThatTheProviderDoesNotCount() throws BillProblem {
        use(8, 7_000, 1_500);
        cost(DAY, "0.80");
        book(DAY, new Booked(10, 8_000, 2_000, 1_000_000_000, 0, 2, 1_300));
        assertThat(cause(reconcile("0"))).isEqualTo("calls cut off or estimated");
        assertThat(evidence(reconcile("0")))
                .contains("2 calls", "1,300 tokens", "1,500 tokens fewer");
    }

    @Test
    void fewerRequestsThanTheLedgerAreMissingFromTheBill() throws BillProblem {
        use(7, 5_000, 1_000);
        cost(DAY, "0.60");
        book(DAY, TEN_CALLS);
        assertThat(cause(reconcile("0"))).isEqualTo("missing from the bill");
        assertThat(evidence(reconcile("0"))).contains("3 requests and 4,000 tokens less");
    }

    @Test
    void neighbouringDaysThatCancelAreTheBorderOfDays() throws BillProblem {
        cost(DAY, "0.70");
        cost(DAY.plusDays(1), "1.30");
        book(DAY, TEN_CALLS);
        book(DAY.plusDays(1), TEN_CALLS);
        Reconciliation result = reconcile("0.01");
        assertThat(column(result.all(), "likely_cause"))
                .containsExactly("border of days", "border of days");
        assertThat(column(result.all(), "evidence").getFirst())
                .contains("-$0.30 here and $0.30 on 2026-11-23");
        assertThat(result.agrees()).isFalse();
    }

    @Test
    void aLineWithoutRequestsIsNotCountedInTokens() throws BillProblem {
        use(10, 8_000, 2_000);
        cost(DAY, "1.00");
        bill.cost(DAY, "web search tool calls", null, "0.03", "usd");
        book(DAY, TEN_CALLS);
        assertThat(column(reconcile("0").all(), "likely_cause"))
                .containsExactly("agrees", "not counted in tokens");
    }

    @Test
    void costsAloneDoNotSayWhy() throws BillProblem {
        cost(DAY, "1.37");
        book(DAY, TEN_CALLS);
        assertThat(cause(reconcile("0"))).isEqualTo("unknown");
        assertThat(evidence(reconcile("0"))).contains("give the provider's usage too");
        assertThat(reconcile("0").all().cell(0, "billed_requests")).isNull();
    }

    @Test
    void linesThatAreEachTolerableMayNotBeSoTogether() throws BillProblem {
        for (int day = 0; day < 3; day++) {
            cost(DAY.plusDays(day), "1.009");
            book(DAY.plusDays(day), TEN_CALLS);
        }
        Reconciliation result = reconcile("0.01");
        assertThat(column(result.all(), "likely_cause")).containsOnly("within tolerance");
        assertThat(result.agrees()).isFalse();
        assertThat(reconcile("0.01,1%").agrees()).isTrue();
    }

    @Test
    void projectsThatAreNamedAreToldApart() {
        Projects projects = Projects.of(List.of("proj_a=shop", "proj_b"));
        assertThat(projects.ofProvider("proj_a")).contains("shop");
        assertThat(projects.ofProvider("proj_b")).contains(Projects.ALL);
        assertThat(projects.ofProvider("proj_c")).isEmpty();
        assertThat(projects.ofLedger("shop")).contains("shop");
        assertThat(projects.ofLedger("else")).contains(Projects.ALL);
        assertThat(Projects.of(List.of("proj_a=shop")).ofLedger("else")).isEmpty();
        assertThatThrownBy(() -> Projects.of(List.of("=shop")))
                .hasMessageContaining("proj_abc=shop");
    }

    @Test
    void aBillWithoutCostsIsRefused() {
        use(10, 8_000, 2_000);
        assertThatThrownBy(() -> reconcile("0"))
                .isInstanceOf(BillProblem.class)
                .hasMessageContaining("export of costs");
    }

    @Test
    void aToleranceIsDollarsOrAShareOrEither() {
        assertThat(Tolerance.of("0.01,0.5%"))
                .isEqualTo(Tolerance.USUAL)
                .hasToString("$0.01 or 0.5 %");
        assertThat(Tolerance.of("$2").allows(3_000_000_000L, 1_000_000_000L)).isTrue();
        assertThat(Tolerance.of("$2").allows(3_000_000_001L, 1_000_000_000L)).isFalse();
        assertThat(Tolerance.of("1%").allows(100, 99)).isTrue();
        assertThat(Tolerance.of("1%").allows(100, 98)).isFalse();
        assertThatThrownBy(() -> Tolerance.of("a bit")).hasMessageContaining("0.01,0.5%");
        assertThatThrownBy(() -> Tolerance.of("-1")).hasMessageContaining("0.01,0.5%");
    }

    private void use(long requests, long input, long output) {
        bill.use(DAY, MODEL, null, Billed.used(requests, input, output, false));
    }

    private void cost(LocalDate day, String usd) throws BillProblem {
        bill.cost(day, MODEL + ", input", null, usd, "usd");
    }

    private void book(LocalDate day, Booked booked) {
        ledger.addArray()
                .add(day.toString())
                .add(MODEL)
                .addNull()
                .add(booked.calls())
                .add(booked.input())
                .add(booked.output())
                .add(booked.nanoUsd())
                .add(booked.unpriced())
                .add(booked.unsure())
                .add(booked.unsureTokens());
    }

    private Reconciliation reconcile(String tolerance) throws BillProblem {
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("since", DAY.toString()).put("until", DAY.plusDays(3).toString());
        answer.set("rows", ledger);
        return Reconciliation.of(
                bill, Books.read(answer, bill.projects()), Tolerance.of(tolerance));
    }

    private static String cause(Reconciliation result) {
        return column(result.all(), "likely_cause").getFirst();
    }

    private static String evidence(Reconciliation result) {
        return column(result.all(), "evidence").getFirst();
    }

    private static List<String> column(Table table, String name) {
        return IntStream.range(0, table.rows().size())
                .mapToObj(row -> String.valueOf(table.cell(row, name)))
                .toList();
    }
}
