package dev.vireo.it;

import java.nio.file.Path;
import java.util.UUID;

/** Descriptions of guests as libvirt reads them. */
final class DomainXml {
    private DomainXml() {}

    /** A guest of QEMU that has nothing but memory, vCPUs and a ROM. */
    static String guest(GuestSpec spec, Path rom) {
        return """
                <domain type='%s'>
                  <name>%s</name>
                  <uuid>%s</uuid>
                  <memory unit='MiB'>%d</memory>
                  <vcpu>%d</vcpu>
                  <os>
                    <type arch='x86_64' machine='pc'>hvm</type>
                    <loader readonly='yes' type='rom'>%s</loader>
                  </os>
                  <devices>
                    <controller type='usb' model='none'/>
                    <memballoon model='none'/>
                  </devices>
                </domain>
                """.formatted(
                        spec.accelerator().equals("kvm") ? "kvm" : "qemu",
                        spec.name(),
                        spec.uuid(),
                        spec.memoryMib(),
                        spec.vcpus(),
                        rom);
    }

    /** The same guest with three vCPUs of which the middle one is not there. */
    static String withoutVcpu1(String guest) {
        return guest.replace("<vcpu>3</vcpu>", """
                <vcpu current='2'>3</vcpu>
                  <vcpus>
                    <vcpu id='0' enabled='yes' hotpluggable='no'/>
                    <vcpu id='1' enabled='no' hotpluggable='yes'/>
                    <vcpu id='2' enabled='yes' hotpluggable='yes'/>
                  </vcpus>""");
    }

    /** A container whose only program is {@code /init} below a directory. */
    static String container(String name, UUID uuid, Path root) {
        return """
                <domain type='lxc'>
                  <name>%s</name>
                  <uuid>%s</uuid>
                  <memory unit='MiB'>64</memory>
                  <vcpu>1</vcpu>
                  <os>
                    <type>exe</type>
                    <init>/init</init>
                  </os>
                  <devices>
                    <filesystem type='mount'>
                      <source dir='%s'/>
                      <target dir='/'/>
                    </filesystem>
                    <console type='pty'/>
                  </devices>
                </domain>
                """.formatted(name, uuid, root);
    }
}
