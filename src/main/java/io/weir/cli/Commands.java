package io.weir.cli;

import java.util.List;
import java.util.Optional;

/** The catalogue: every command is one file and one line here, in the order help lists them. */
final class Commands {
    /**
     * A command.
     *
     * @param type made with a {@link Terminal} when its constructor takes one
     */
    record Entry(String name, Class<?> type) {}

    static final List<Entry> ALL =
            List.of(
                    new Entry("serve", Serve.class),
                    new Entry("emulate", Emulate.class),
                    new Entry("ask", Ask.class),
                    new Entry("chat", Chat.class),
                    new Entry("calls", ListCalls.class),
                    new Entry("tail", TailCalls.class),
                    new Entry("report", PrintReport.class),
                    new Entry("export", ExportLedger.class),
                    new Entry("reconcile", ReconcileBill.class),
                    new Entry("status", PrintStatus.class),
                    new Entry("keys", ManageKeys.class),
                    new Entry("projects", ManageProjects.class),
                    new Entry("upstream-keys", ManageUpstreamKeys.class),
                    new Entry("tokens", ManageTokens.class),
                    new Entry("users", ManageUsers.class),
                    new Entry("audit", PrintAudit.class),
                    new Entry("exporters", ManageExporters.class),
                    new Entry("limits", ManageLimits.class),
                    new Entry("budgets", ManageBudgets.class),
                    new Entry("prices", ManagePrices.class),
                    new Entry("cache", ManageCache.class),
                    new Entry("alerts", ManageAlerts.class),
                    new Entry("profile", TakeProfile.class),
                    new Entry("replay", ReplayTrace.class),
                    new Entry("bench", RunBench.class),
                    new Entry("rehearse", Rehearse.class));

    private Commands() {}

    /** The command of that name. */
    static Optional<Entry> named(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
}
