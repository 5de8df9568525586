package dev.vireo.driver.qemu.cgroup.reading;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that are closed together: all of them, also when one of them cannot be opened. */
final class OpenFiles implements AutoCloseable {
    private final OpenFileBudget budget;
    private final List<KernelFile> files = new ArrayList<>();

    OpenFiles(OpenFileBudget budget) {
        this.budget = budget;
    }

    /** Opens one more file; if that fails, all are closed. */
    KernelFile open(Path path) throws IOException {
        try {
            KernelFile file = new KernelFile(path, budget);
            files.add(file);
            return file;
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    @Override
    public void close() {
        files.forEach(KernelFile::close);
        files.clear();
    }
}
