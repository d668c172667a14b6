#!/usr/bin/env python3
"""Checks the tables in rules/facts against bounds that were read by hand."""
import re
import sys

# Name, page, IRQL on the page, IRQL in the header of WDK 10.0.22621 (lowest and
# highest of P, A, D, I, H; N: nothing is said).
BY_HAND = """
ExInitializeResourceLite wdm/nf-wdm-exinitializeresourcelite PD ND
ExReinitializeResourceLite wdm/nf-wdm-exreinitializeresourcelite PD ND
ExDeleteResourceLite wdm/nf-wdm-exdeleteresourcelite PA ND
ExAcquireResourceExclusiveLite wdm/nf-wdm-exacquireresourceexclusivelite PA NA
ExAcquireResourceSharedLite wdm/nf-wdm-exacquireresourcesharedlite PA NA
ExAcquireSharedStarveExclusive wdm/nf-wdm-exacquiresharedstarveexclusive PA NA
ExAcquireSharedWaitForExclusive wdm/nf-wdm-exacquiresharedwaitforexclusive PA NA
ExEnterCriticalRegionAndAcquireResourceExclusive wdm/nf-wdm-exentercriticalregionandacquireresourceexclusive PA NA
ExEnterCriticalRegionAndAcquireResourceShared - NN NA
ExEnterCriticalRegionAndAcquireSharedWaitForExclusive - NN NA
ExReleaseResourceLite wdm/nf-wdm-exreleaseresourcelite PD ND
ExReleaseResourceForThreadLite wdm/nf-wdm-exreleaseresourceforthreadlite PD ND
ExReleaseResourceAndLeaveCriticalRegion wdm/nf-wdm-exreleaseresourceandleavecriticalregion PA ND
ExConvertExclusiveToSharedLite wdm/nf-wdm-exconvertexclusivetosharedlite PA ND
ExSetResourceOwnerPointer wdm/nf-wdm-exsetresourceownerpointer PD ND
ExSetResourceOwnerPointerEx wdm/nf-wdm-exsetresourceownerpointerex PD ND
ExIsResourceAcquiredExclusiveLite wdm/nf-wdm-exisresourceacquiredexclusivelite PD ND
ExIsResourceAcquiredSharedLite wdm/nf-wdm-exisresourceacquiredsharedlite PD ND
ExAcquirePushLockExclusiveEx - NN NA
ExAcquirePushLockSharedEx - NN NA
ExReleasePushLockExclusiveEx - NN ND
ExReleasePushLockSharedEx - NN ND
FltInitializePushLock fltkernel/nf-fltkernel-fltinitializepushlock PA NA
FltDeletePushLock fltkernel/nf-fltkernel-fltdeletepushlock PA NA
FltAcquirePushLockExclusive fltkernel/nf-fltkernel-fltacquirepushlockexclusive PA NA
FltAcquirePushLockShared fltkernel/nf-fltkernel-fltacquirepushlockshared PA NA
FltAcquirePushLockExclusiveEx fltkernel/nf-fltkernel-fltacquirepushlockexclusiveex NN NA
FltAcquirePushLockSharedEx fltkernel/nf-fltkernel-fltacquirepushlocksharedex NN NA
FltReleasePushLock fltkernel/nf-fltkernel-fltreleasepushlock PA NA
FltReleasePushLockEx fltkernel/nf-fltkernel-fltreleasepushlockex NN NA
FltAcquireResourceExclusive fltkernel/nf-fltkernel-fltacquireresourceexclusive PA NA
FltAcquireResourceShared fltkernel/nf-fltkernel-fltacquireresourceshared PA NA
FltReleaseResource fltkernel/nf-fltkernel-fltreleaseresource PD ND
ExInitializeFastMutex wdm/nf-wdm-exinitializefastmutex PD NN
ExAcquireFastMutex wdm/nf-wdm-exacquirefastmutex PA NN
ExTryToAcquireFastMutex wdm/nf-wdm-extrytoacquirefastmutex PA NN
ExReleaseFastMutex wdm/nf-wdm-exreleasefastmutex AA AA
KeAcquireGuardedMutex wdm/nf-wdm-keacquireguardedmutex PA PA
KeReleaseGuardedMutex wdm/nf-wdm-kereleaseguardedmutex PA NA
KeAreApcsDisabled wdm/nf-wdm-keareapcsdisabled PD PD
KeAreAllApcsDisabled wdm/nf-wdm-keareallapcsdisabled PD PD
ZwClose wdm/nf-wdm-zwclose PP NP
ZwCreateFile wdm/nf-wdm-zwcreatefile PP NP special
ZwSetValueKey wdm/nf-wdm-zwsetvaluekey PP NP
IoCallDriver wdm/nf-wdm-iocalldriver PD NN
IoCreateDevice wdm/nf-wdm-iocreatedevice PA NA
IoAttachDeviceToDeviceStack wdm/nf-wdm-ioattachdevicetodevicestack PD ND
KeDelayExecutionThread wdm/nf-wdm-kedelayexecutionthread PA PA
KeSetTimer wdm/nf-wdm-kesettimer PD ND
MmProbeAndLockPages wdm/nf-wdm-mmprobeandlockpages NN ND
ObReferenceObjectByHandle wdm/nf-wdm-obreferenceobjectbyhandle PP NP
ObDereferenceObjectDeferDelete wdm/nf-wdm-obdereferenceobjectdeferdelete PD NN
PsCreateSystemThread wdm/nf-wdm-pscreatesystemthread PP NP
PsSetCreateProcessNotifyRoutine ntddk/nf-ntddk-pssetcreateprocessnotifyroutine PP NP
RtlCompareUnicodeString wdm/nf-wdm-rtlcompareunicodestring PP NP
RtlCopyMemory wdm/nf-wdm-rtlcopymemory PH NN
FltSendMessage fltkernel/nf-fltkernel-fltsendmessage PA NA
FltStartFiltering fltkernel/nf-fltkernel-fltstartfiltering PA NA
NdisAllocateMemoryWithTagPriority ndis/nf-ndis-ndisallocatememorywithtagpriority PD ND
NdisMSleep ndis/nf-ndis-ndismsleep PA NA
WdfDeviceCreate wdfdevice/nf-wdfdevice-wdfdevicecreate PP NP
WdfRequestComplete wdfrequest/nf-wdfrequest-wdfrequestcomplete PD ND
StorPortStallExecution storport/nf-storport-storportstallexecution NN NN
DRIVER_CANCEL wdm/nc-wdm-driver_cancel DD DD
KSTART_ROUTINE wdm/nc-wdm-kstart_routine PP NN
EVT_WDF_DEVICE_PREPARE_HARDWARE wdfdevice/nc-wdfdevice-evt_wdf_device_prepare_hardware PP NP
HW_INTERRUPT storport/nc-storport-hw_interrupt II NN
IO_COMPLETION_ROUTINE wdm/nc-wdm-io_completion_routine PD ND
"""

# Names whose page is wrong or says less than the truth, and why.
SETTLED = """
ExAcquireFastMutexUnsafe PA   "APC_LEVEL"; remarks: or in a critical region
ExReleaseFastMutexUnsafe PA   likewise
ExAcquireSpinLockShared PD    "DISPATCH_LEVEL"; remarks: "<= DISPATCH_LEVEL"
ExAcquireSpinLockExclusive PD likewise
ExAllocatePool2 PD            lower for paged pool
ExAllocatePoolWithQuota PD    likewise; a rule says APC_LEVEL
ExAllocatePoolWithQuotaTag PD likewise
ExRaiseStatus PA              a rule says PASSIVE_LEVEL
KeSetEvent PD                 lower with Wait = TRUE
KeWaitForSingleObject PD      lower with a timeout that is not zero
KeWaitForMultipleObjects PD   likewise
"""

ROW = re.compile(r'\{"(\w+)",\s+(?:"([^"]*)"|0),\s+'
                 r"(\w), (\w), (\w), (\w), ([01]),")


def read(folder):
    """{name: (page, bounds by page, bounds by header, special APCs)}"""
    rows = {}
    for kind in ("routines", "callbacks"):
        with open("%s/%s.c" % (folder, kind)) as file:
            for row in ROW.findall(file.read()):
                rows[row[0]] = (row[1] or "-", row[2] + row[3], row[4] + row[5],
                                "special" if row[6] == "1" else "")
    return rows


def main():
    rows, wrong = read(sys.argv[1]), 0
    for line in BY_HAND.strip().splitlines():
        name, *expected = (line + " ").split(" ")[:5]
        if rows.get(name) != tuple(expected):
            print("%s: is %s, by hand %s" % (name, rows.get(name), tuple(expected)))
            wrong += 1
    for line in SETTLED.strip().splitlines():
        name, bounds = line.split()[:2]
        if rows.get(name, (None, None))[1] != bounds:
            print("%s: is %s, not %s" % (name, rows.get(name), bounds))
            wrong += 1
    return wrong != 0


if __name__ == "__main__":
    sys.exit(main())
