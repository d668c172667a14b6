/* The driver comes and goes. */
#include "notebook.h"

static UNICODE_STRING DeviceName = RTL_CONSTANT_STRING(L"\\Device\\Notebook");
static UNICODE_STRING LinkName = RTL_CONSTANT_STRING(L"\\??\\Notebook");

NTSTATUS NotebookComplete(PIRP Irp, NTSTATUS Status, ULONG_PTR Information) {
  Irp->IoStatus.Status = Status;
  Irp->IoStatus.Information = Information;
  IoCompleteRequest(Irp, IO_NO_INCREMENT);
  return Status;
}

PNOTEBOOK NotebookOf(PIRP Irp) {
  return IoGetCurrentIrpStackLocation(Irp)->FileObject->FsContext;
}

static NTSTATUS StartSweeper(PEXTENSION Extension) {
  HANDLE Thread;
  NTSTATUS Status;

  KeInitializeEvent(&Extension->Stop, NotificationEvent, FALSE);
  Status = PsCreateSystemThread(&Thread, THREAD_ALL_ACCESS, NULL, NULL, NULL,
                                NotebookSweeper, Extension);
  if (!NT_SUCCESS(Status))
    return Status;
  Status = ObReferenceObjectByHandle(Thread, THREAD_ALL_ACCESS, NULL, KernelMode,
                                     &Extension->Sweeper, NULL);
  ZwClose(Thread);
  return Status;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING RegistryPath) {
  PDEVICE_OBJECT Device;
  PEXTENSION Extension;
  NTSTATUS Status;

  UNREFERENCED_PARAMETER(RegistryPath);
  Driver->MajorFunction[IRP_MJ_CREATE] = NotebookCreate;
  Driver->MajorFunction[IRP_MJ_CLOSE] = NotebookClose;
  Driver->MajorFunction[IRP_MJ_CLEANUP] = NotebookCleanup;
  Driver->MajorFunction[IRP_MJ_READ] = NotebookRead;
  Driver->MajorFunction[IRP_MJ_WRITE] = NotebookWrite;
  Driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = NotebookControl;
  Driver->DriverUnload = NotebookUnload;

  Status = IoCreateDevice(Driver, sizeof *Extension, &DeviceName,
                          FILE_DEVICE_UNKNOWN, FILE_DEVICE_SECURE_OPEN, FALSE,
                          &Device);
  if (!NT_SUCCESS(Status))
    return Status;

  Extension = Device->DeviceExtension;
  InitializeListHead(&Extension->Notebooks);
  IndexStart(&Extension->Index);
  ExInitializeResourceLite(&Extension->Resource);

  Status = IoCreateSymbolicLink(&LinkName, &DeviceName);
  if (NT_SUCCESS(Status)) {
    Status = StartSweeper(Extension);
    if (!NT_SUCCESS(Status))
      IoDeleteSymbolicLink(&LinkName);
  }
  if (!NT_SUCCESS(Status)) {
    ExDeleteResourceLite(&Extension->Resource);
    IoDeleteDevice(Device);
  }
  return Status;
}

VOID NotebookUnload(PDRIVER_OBJECT Driver) {
  PEXTENSION Extension = Driver->DeviceObject->DeviceExtension;

  IoDeleteSymbolicLink(&LinkName);
  Extension->IsStopping = TRUE;
  KeSetEvent(&Extension->Stop, IO_NO_INCREMENT, FALSE);
  KeWaitForSingleObject(Extension->Sweeper, Executive, KernelMode, FALSE, NULL);
  ObDereferenceObject(Extension->Sweeper);

  ExDeleteResourceLite(&Extension->Resource);
  KeEnterCriticalRegion();
  ExAcquireResourceExclusiveLite(&Extension->Resource, TRUE); /* planted: wdm.ResourceLifetime */
  InitializeListHead(&Extension->Notebooks);
  ExReleaseResourceLite(&Extension->Resource);
  KeLeaveCriticalRegion();
  IoDeleteDevice(Driver->DeviceObject);
}
