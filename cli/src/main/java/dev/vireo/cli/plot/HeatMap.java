package dev.vireo.cli.plot;

import java.awt.image.BufferedImage;
import java.util.List;

/** Which domain used which host CPU: a row a domain, a column a CPU. Many are folded, and a cell then shows the highest of its group. */
final class HeatMap {
    private static final int MOST_CELLS = 400;

    private final List<DomainUse> domains;
    private final int cpus;
    private final int domainsPerRow;
    private final int cpusPerColumn;
    private final double[][] cells;
    private double highest;

    HeatMap(List<DomainUse> domains) {
        this.domains = domains;
        cpus = domains.stream().mapToInt(DomainUse::hostCpus).max().orElse(0);
        domainsPerRow = groupSize(domains.size());
        cpusPerColumn = groupSize(cpus);
        cells = new double[groups(domains.size(), domainsPerRow)][groups(cpus, cpusPerColumn)];
        for (int row = 0; row < cells.length; row++) {
            for (int column = 0; column < cells[row].length; column++) {
                cells[row][column] = highestOf(row, column);
                highest = Math.max(highest, Double.isNaN(cells[row][column]) ? 0 : cells[row][column]);
            }
        }
    }

    private static int groupSize(int count) {
        return Math.max(1, groups(count, MOST_CELLS));
    }

    private static int groups(int count, int size) {
        return (count + size - 1) / size;
    }

    /** Not a number where none of the group is known. */
    private double highestOf(int row, int column) {
        double max = Double.NaN;
        for (DomainUse domain :
                domains.subList(row * domainsPerRow, Math.min(domains.size(), (row + 1) * domainsPerRow))) {
            for (int cpu = column * cpusPerColumn; cpu < (column + 1) * cpusPerColumn; cpu++) {
                double percent = domain.hostCpuPercent(cpu);
                max = Double.isNaN(max) || percent > max ? (Double.isNaN(percent) ? max : percent) : max;
            }
        }
        return max;
    }

    boolean isEmpty() {
        return cpus == 0;
    }

    int rows() {
        return cells.length;
    }

    int columns() {
        return isEmpty() ? 0 : cells[0].length;
    }

    int cpus() {
        return cpus;
    }

    int domainsPerRow() {
        return domainsPerRow;
    }

    int cpusPerColumn() {
        return cpusPerColumn;
    }

    double highest() {
        return highest;
    }

    double cell(int row, int column) {
        return cells[row][column];
    }

    BufferedImage image(Palette palette) {
        BufferedImage image = new BufferedImage(columns(), rows(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < columns(); column++) {
                double percent = cells[row][column];
                image.setRGB(
                        column,
                        row,
                        Double.isNaN(percent)
                                ? Palette.UNKNOWN.getRGB()
                                : palette.getPaint(percent).getRGB());
            }
        }
        return image;
    }
}
