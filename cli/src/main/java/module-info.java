/** The {@code vireo} command. Drivers are found at run time, by the core. */
module dev.vireo.cli {
    requires dev.vireo;
    requires dev.vireo.exporter;
    requires dev.vireo.monitor;
    requires info.picocli;
    requires java.desktop;
    requires java.logging;
    requires org.jfree.jfreechart;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires static org.jspecify;
}
