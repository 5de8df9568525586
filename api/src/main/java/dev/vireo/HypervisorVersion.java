package dev.vireo;

/**
 * Holds a hypervisor's version.
 *
 * @param major the major number
 * @param minor the minor number, below 1,000
 * @param release the release number, below 1,000
 */
public record HypervisorVersion(int major, int minor, int release) {
    /**
     * Reads libvirt's form of a version.
     *
     * @param number {@code major * 1,000,000 + minor * 1,000 + release}
     * @return the version
     */
    public static HypervisorVersion ofNumber(long number) {
        return new HypervisorVersion(
                Math.toIntExact(number / 1_000_000), (int) (number / 1_000 % 1_000), (int) (number % 1_000));
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + release;
    }
}
