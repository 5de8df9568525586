package dev.vireo.cli;

import dev.vireo.Connection;
import dev.vireo.InstalledDriver;
import dev.vireo.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which driver has which operation: generated from the drivers' own tables, never typed. */
final class SupportMatrix {
    private final List<InstalledDriver> drivers;
    private final @Nullable Connection connection;

    /**
     * Makes a matrix.
     *
     * @param drivers the drivers that were found; those that are broken get no column
     * @param connection an open connection, which gets a column of its own, or null
     */
    SupportMatrix(List<InstalledDriver> drivers, @Nullable Connection connection) {
        this.drivers =
                drivers.stream().filter(driver -> driver.problem().isEmpty()).toList();
        this.connection = connection;
    }

    void appendText(StringBuilder out) {
        Table table = new Table(header());
        for (Operation operation : Operation.values()) {
            table.row(row(operation));
        }
        table.appendTo(out);
    }

    void appendMarkdown(StringBuilder out) {
        String[] header = header();
        markdownRow(out, header);
        out.append("|---".repeat(header.length)).append("|\n");
        for (Operation operation : Operation.values()) {
            markdownRow(out, row(operation));
        }
        markdownRow(out, schemes());
    }

    private String[] header() {
        List<String> cells = new ArrayList<>();
        cells.add("Operation");
        drivers.forEach(driver -> cells.add(driver.name()));
        if (connection != null) {
            cells.add(connection.uri().toString());
        }
        return cells.toArray(new String[0]);
    }

    private String[] row(Operation operation) {
        List<String> cells = new ArrayList<>();
        cells.add(operation.name());
        drivers.forEach(driver -> cells.add(mark(driver.operations(), operation)));
        if (connection != null) {
            cells.add(mark(connection.operations(), operation));
        }
        return cells.toArray(new String[0]);
    }

    private String[] schemes() {
        List<String> cells = new ArrayList<>();
        cells.add("URI schemes");
        drivers.forEach(driver -> cells.add(driver.schemesText()));
        if (connection != null) {
            cells.add(connection.uri().scheme());
        }
        return cells.toArray(new String[0]);
    }

    private static String mark(Set<Operation> operations, Operation operation) {
        return operations.contains(operation) ? "x" : "";
    }

    private static void markdownRow(StringBuilder out, String[] cells) {
        for (String cell : cells) {
            out.append("| ").append(SafeText.of(cell).replace("|", "\\|")).append(cell.isEmpty() ? "" : " ");
        }
        out.append("|\n");
    }
}
