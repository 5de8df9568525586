package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What libvirt's status file says of a running guest, {@code /run/libvirt/qemu/NAME.xml}.
 *
 * @param pid its QEMU process
 * @param name its name
 * @param uuid its uuid
 * @param id libvirt's id
 * @param vcpuThreads its vCPUs' thread ids, by number; empty before they are started, and with TCG on one thread
 */
public record LibvirtStatus(int pid, String name, UUID uuid, OptionalInt id, SortedMap<Integer, Integer> vcpuThreads) {
    private static final long LARGEST = 2 << 20;

    /**
     * Reads a status file.
     *
     * @param file which
     * @return what it says, empty if it is not there, unreadable, or not whole: libvirt may be writing it
     */
    public static Optional<LibvirtStatus> find(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            // a user's own libvirt has such files too: a pipe would hold us up, a link lead anywhere
            boolean isWorthReading = now.isRegularFile() && now.size() <= LARGEST;
            return isWorthReading ? parse(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Reads the text of a status file.
     *
     * @param text its bytes
     * @return what it says, empty if it is not one up to its last byte
     */
    public static Optional<LibvirtStatus> parse(byte[] text) {
        try {
            Reader reader = new Reader();
            XMLStreamReader xml = factory().createXMLStreamReader(new StringReader(decode(text)));
            while (xml.hasNext()) {
                reader.take(xml.next(), xml);
            }
            return reader.status();
        } catch (XMLStreamException | CharacterCodingException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** The JDK's reader prints an error of its own for what is no UTF-8. */
    private static String decode(byte[] text) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    }

    /** No document types and nothing from elsewhere: a user's own libvirt writes such files too. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** Walks through the elements. Their paths matter: {@code domstatus/domain} has a {@code vcpus} of its own. */
    private static final class Reader {
        /** That of the paths that matter: making the path of each element would take the square of a file's depth. */
        private static final int DEPTH = 3;

        private final Deque<String> open = new ArrayDeque<>();
        private final StringBuilder text = new StringBuilder();
        private final SortedMap<Integer, Integer> vcpuThreads = new TreeMap<>();
        private int pid;
        private String name = "";
        private String uuid = "";
        private OptionalInt id = OptionalInt.empty();

        void take(int event, XMLStreamReader xml) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    open.addLast(xml.getLocalName());
                    text.setLength(0);
                    start(path(), xml);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    end(path());
                    open.removeLast();
                }
                default -> {}
            }
        }

        private String path() {
            return open.size() > DEPTH ? "" : String.join("/", open);
        }

        private void start(String path, XMLStreamReader xml) {
            switch (path) {
                case "domstatus" -> pid = number(xml, "pid");
                case "domstatus/domain" -> {
                    if (xml.getAttributeValue(null, "id") != null) {
                        id = OptionalInt.of(number(xml, "id"));
                    }
                }
                case "domstatus/vcpus/vcpu" -> {
                    int thread = number(xml, "pid");
                    if (thread > 0) {
                        vcpuThreads.put(number(xml, "id"), thread);
                    }
                }
                default -> {}
            }
        }

        private void end(String path) {
            if (path.equals("domstatus/domain/name")) {
                name = text.toString();
            } else if (path.equals("domstatus/domain/uuid")) {
                uuid = text.toString().strip();
            }
        }

        private static int number(XMLStreamReader xml, String attribute) {
            String text = String.valueOf(xml.getAttributeValue(null, attribute));
            int number = Integer.parseInt(text);
            if (number < 0) {
                throw new NumberFormatException(attribute + " is " + text);
            }
            return number;
        }

        /** Without a thread for each vCPU, as in some guests without KVM, all vCPUs have the same or QEMU's first. */
        private SortedMap<Integer, Integer> distinctThreads() {
            boolean distinct = !vcpuThreads.containsValue(pid)
                    && Set.copyOf(vcpuThreads.values()).size() == vcpuThreads.size();
            return distinct ? Collections.unmodifiableSortedMap(vcpuThreads) : Collections.emptySortedMap();
        }

        Optional<LibvirtStatus> status() {
            return pid <= 0 || name.isEmpty()
                    ? Optional.empty()
                    : Uuids.find(uuid).map(found -> new LibvirtStatus(pid, name, found, id, distinctThreads()));
        }
    }
}
