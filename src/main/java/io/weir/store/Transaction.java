package io.weir.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A transaction that is rolled back where it was not committed. It is begun in SQL, because
 * DuckDB's Appender ignores {@code setAutoCommit(false)} and would commit a batch table by table.
 */
final class Transaction implements AutoCloseable {
    private final Connection connection;
    private boolean open;

    Transaction(Connection connection) throws SQLException {
        this.connection = connection;
        execute("BEGIN");
        open = true;
    }

    void commit() throws SQLException {
        open = false;
        execute("COMMIT");
    }

    @Override
    public void close() throws SQLException {
        if (open) {
            open = false;
            execute("ROLLBACK");
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
