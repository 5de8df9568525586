package dev.vireo.cli.plot;

import dev.vireo.monitor.Denominator;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be drawn.
 *
 * @param recording the file
 * @param out the picture, whose name ends with {@code .svg} or {@code .png}
 * @param domains names or uuids; all if empty
 * @param lines how many domains have a line of their own, 0 to leave it to the picture
 * @param of what 100 % is
 */
public record PlotRequest(Path recording, Path out, List<String> domains, int lines, Denominator of) {}
