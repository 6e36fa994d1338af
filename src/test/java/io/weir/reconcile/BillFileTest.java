package io.weir.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillFileTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private static final long MIDNIGHT = DAY.toEpochDay() * 86_400;

    @TempDir private Path directory;

    @Test
    void readsPagesOfUsageAndCosts() throws IOException, BillProblem {
        Bill bill = bill(Projects.TOGETHER);
        read(
                bill,
                """
                {"object": "page", "has_more": false, "next_page": null, "data": [
                 {"object": "bucket", "start_time": %d, "end_time": %d, "results": [
                  {"object": "organization.usage.completions.result", "input_tokens": 1000,
                   "input_cached_tokens": 800, "output_tokens": 500, "num_model_requests": 5,
                   "project_id": "proj_a", "model": "gpt-5", "batch": true, "service_tier": null},
                  {"object": "organization.usage.completions.result", "input_tokens": 7,
                   "output_tokens": 3, "num_model_requests": 1, "project_id": "proj_b",
                   "model": "gpt-5", "batch": false, "service_tier": "default"}]}]}
                """
                        .formatted(MIDNIGHT, MIDNIGHT + 86_400));
        read(
                bill,
                """
                [{"object": "page", "data": [{"object": "bucket", "start_time": %d, "results": [
                  {"object": "organization.costs.result", "line_item": "gpt-5, input",
                   "amount": {"value": 0.1000000000000000055511151231257827, "currency": "usd"}},
                  {"object": "organization.costs.result", "line_item": "gpt-5, cached input",
                   "amount": {"value": "0.0000000002", "currency": "usd"}},
                  {"object": "organization.costs.result", "line_item": "flex | gpt-5, output",
                   "amount": {"value": 2e-10, "currency": "USD"}}]}]}]
                """
                        .formatted(MIDNIGHT));
        Billed billed = only(bill, "gpt-5", Projects.ALL);
        assertThat(billed.requests()).isEqualTo(6);
        assertThat(billed.tokens()).isEqualTo(1_510);
        assertThat(billed.apart()).isEqualTo(5);
        assertThat(billed.usd()).isEqualByComparingTo("0.1000000004000000055511151231257827");
        assertThat(billed.nanoUsd()).isEqualTo(100_000_000);
        assertThat(bill.usageKnown() && bill.costsKnown()).isTrue();
    }

    @Test
    void readsTheDashboardsExportsOfCostsAndUsage() throws IOException, BillProblem {
        Bill bill = bill(Projects.of(List.of("proj_a=shop")));
        read(
                bill,
                """
                start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id
                %d,%d,2026-11-22T00:00:00+00:00,,0.8958740000000000,usd,"gpt-5-2025-08-07, input",proj_a
                %d,%d,2026-11-22T00:00:00+00:00,,1.5,usd,"gpt-5-2025-08-07, input",proj_b
                %d,%d,2026-11-23T00:00:00+00:00,,,,,
                """
                        .formatted(
                                MIDNIGHT,
                                MIDNIGHT + 86_400,
                                MIDNIGHT,
                                MIDNIGHT + 86_400,
                                MIDNIGHT + 86_400,
                                MIDNIGHT + 172_800));
        read(
                bill,
                """
                \uFEFFstart_time;num_model_requests;model;input_tokens;output_tokens;project_id;batch
                %d;3;gpt-5-2025-08-07;100;50;proj_a;False
                %d;2;gpt-5-2025-08-07;10;5;proj_a;True
                """
                        .formatted(MIDNIGHT + 60, MIDNIGHT + 86_399));
        assertThat(bill.slots()).hasSize(1);
        Billed billed = only(bill, "gpt-5-2025-08-07", "shop");
        assertThat(billed.nanoUsd()).isEqualTo(895_874_000);
        assertThat(billed.requests()).isEqualTo(5);
        assertThat(billed.tokens()).isEqualTo(165);
        assertThat(billed.apart()).isEqualTo(2);
    }

    @Test
    void takesColumnsByOtherNamesAndDaysInOtherForms() throws IOException, BillProblem {
        Bill bill = bill(Projects.TOGETHER);
        read(
                bill,
                """
                Cost (USD)\tDate\tModel\tPrompt Tokens\tCompletion Tokens\tRequests
                $0.25\t2026-11-22\tgpt-5\t10\t2\t1
                0.25\t2026-11-22 10:30:45\tgpt-5\t10\t2\t1
                0.25\t2026-11-23T01:30:00+02:00\tgpt-5\t10\t2\t1
                0.25\t2026-11-23\tgpt-5\t10\t2\t1
                """);
        assertThat(only(bill, "gpt-5", Projects.ALL))
                .isEqualTo(new Billed(3, 30, 6, 0, new BigDecimal("0.75")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start_time,end_time,start_time_iso,end_time_iso\n1,2,3,4\n",
                "name,born\nAda,1815\n",
                ""
            })
    void refusesAnotherFileAndNamesTheColumnsWanted(String text) {
        assertThatThrownBy(() -> read(bill(Projects.TOGETHER), text))
                .isInstanceOf(BillProblem.class)
                .hasMessageContaining("books")
                .hasMessageContaining("start_time")
                .hasMessageContaining("amount_value")
                .hasMessageContaining("num_model_requests");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date,cost\n2026-11-22,much\n",
                "date,cost\n2026-11-22,1e999999999\n",
                "date,cost\n2026-11-22,1e7\n",
                "date,cost\nyesterday,1\n",
                "date,cost\n2026-13-22,1\n",
                "date,cost,currency\n2026-11-22,1,eur\n",
                "date,model,requests\n2026-11-22,m,-1\n",
                "date,model,requests\n2026-11-22,m,99999999999999\n",
                "{\"data\": 3}",
                "{\"data\": [{\"start_time\": 1}]}",
                "{\"data\": [{\"start_time\": 1, \"results\": [{\"object\": \"x\"}]}]}",
                "{\"data\""
            })
    void refusesWhatIsNoBillWithASentence(String text) {
        assertThatThrownBy(() -> read(bill(Projects.TOGETHER), text))
                .isInstanceOf(BillProblem.class)
                .hasMessageStartingWith(directory.resolve("books").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "gpt-4o-mini-2024-07-18, cached input; gpt-4o-mini-2024-07-18",
                "priority | gpt-5, output; gpt-5",
                "gpt-5.4, input, long context; gpt-5.4",
                "gpt-4o-audio-preview audio, input; gpt-4o-audio-preview",
                "ft:gpt-4o-mini:acme::abc, output; ft:gpt-4o-mini:acme::abc",
                "web search tool calls; web search tool calls",
                "gpt-5; gpt-5"
            })
    void findsTheModelInALineOfCosts(String line, String model) {
        assertThat(LineItem.model(line)).isEqualTo(model);
    }

    private static Bill bill(Projects projects) {
        return new Bill(DAY, DAY.plusDays(1), projects);
    }

    private void read(Bill bill, String text) throws IOException, BillProblem {
        new BillFile(bill).read(Files.writeString(directory.resolve("books"), text));
    }

    private static Billed only(Bill bill, String model, String project) {
        assertThat(bill.slots()).containsOnlyKeys(new Slot(DAY, model, project));
        return bill.slots().values().iterator().next();
    }
}
