package dev.vireo.driver.libvirt;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a libvirt daemon listens on this host: {@code libvirtd}, or one of the drivers' own such as {@code virtqemud}. */
final class LocalDaemons {
    private static final String DEFAULT_URI = "LIBVIRT_DEFAULT_URI";

    private LocalDaemons() {}

    /** Looks for the sockets of this user and of the system; needs no library. */
    static boolean arePresent(Map<String, String> environment) {
        String defaultUri = environment.get(DEFAULT_URI);
        if (defaultUri != null && !defaultUri.isEmpty()) {
            return true;
        }
        return directories(environment.get("XDG_RUNTIME_DIR")).stream().anyMatch(LocalDaemons::hasSocket);
    }

    private static List<Path> directories(@Nullable String ofUser) {
        List<Path> directories = new ArrayList<>(List.of(Path.of("/run/libvirt"), Path.of("/var/run/libvirt")));
        if (ofUser != null && !ofUser.isEmpty()) {
            directories.add(Path.of(ofUser, "libvirt"));
        }
        return directories;
    }

    private static boolean hasSocket(Path directory) {
        // libvirt-sock, or virtqemud-sock, virtlxcd-sock…; virtlogd-sock and virtlockd-sock know no domains
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(directory, "{libvirt,virt*d}-sock")) {
            for (Path socket : sockets) {
                String name = String.valueOf(socket.getFileName());
                if (!name.startsWith("virtlogd") && !name.startsWith("virtlockd")) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException noneThere) {
            return false;
        }
    }
}
