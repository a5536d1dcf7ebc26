; The Windows setup: for the person who runs it, without an administrator.
; .ci/package defines VERSION, STAGE (the folder with what is installed) and OUT.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include "MUI2.nsh"
!include "FileFunc.nsh"

Name "Lethe"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Lethe"
InstallDirRegKey HKCU "Software\Lethe" "InstallDir"
BrandingText "Lethe ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Lethe"
VIAddVersionKey "FileDescription" "Lethe setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Apache License 2.0"

!define MUI_ICON "${STAGE}\lethe.ico"
!define MUI_UNICON "${STAGE}\lethe.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\lethe.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Lethe"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; A program that runs can't be replaced: its file is then in use.
!macro LeaveWhileRunning un
Function ${un}leaveWhileRunning
again:
  IfFileExists "$INSTDIR\lethe.exe" 0 done
  ClearErrors
  FileOpen $0 "$INSTDIR\lethe.exe" a
  IfErrors 0 free
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Lethe is running. Close its window, then try again." /SD IDCANCEL IDRETRY again
  SetErrorLevel 2
  Quit
free:
  FileClose $0
done:
FunctionEnd
!macroend
!insertmacro LeaveWhileRunning ""
!insertmacro LeaveWhileRunning "un."

Section
  Call leaveWhileRunning
  SetOutPath "$INSTDIR"
  File "${STAGE}\lethe.exe"
  File "${STAGE}\lethe.ico"
  File "${STAGE}\LICENSE.txt"
  File "${STAGE}\README.txt"
  CreateShortcut "$SMPROGRAMS\Lethe.lnk" "$INSTDIR\lethe.exe" "" "$INSTDIR\lethe.ico"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "Software\Lethe" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Lethe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The authors of Lethe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\lethe.ico"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
  ; "Open with" for the files that Lethe imports; what opens them stays as it is.
  WriteRegStr HKCU "Software\Classes\Applications\lethe.exe\shell\open\command" "" '"$INSTDIR\lethe.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\Applications\lethe.exe" "FriendlyAppName" "Lethe"
  WriteRegStr HKCU "Software\Classes\Applications\lethe.exe\SupportedTypes" ".csv" ""
  WriteRegStr HKCU "Software\Classes\Applications\lethe.exe\SupportedTypes" ".xlsx" ""
  WriteRegStr HKCU "Software\Classes\Applications\lethe.exe\SupportedTypes" ".vcf" ""
SectionEnd

Section "Uninstall"
  Call un.leaveWhileRunning
  Delete "$SMPROGRAMS\Lethe.lnk"
  Delete "$INSTDIR\lethe.exe"
  Delete "$INSTDIR\lethe.ico"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\README.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Classes\Applications\lethe.exe"
  DeleteRegKey HKCU "Software\Lethe"
  ; The list is kept unless the person says otherwise, and always where nobody
  ; is asked. What the window remembers, sizes and ids, goes with it.
  IfFileExists "$LOCALAPPDATA\Lethe\keys" 0 forget
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Delete your customer list too?$\r$\n$\r$\nIt is in $LOCALAPPDATA\Lethe, sealed with your password. This can't be undone. Say No to keep it." /SD IDNO IDNO done
  ClearErrors
  RMDir /r "$LOCALAPPDATA\Lethe"
  IfErrors 0 forget
  MessageBox MB_OK|MB_ICONEXCLAMATION "Not all of your customer list could be deleted. What is left is in $LOCALAPPDATA\Lethe."
forget:
  RMDir /r "$LOCALAPPDATA\app.lethe.desktop"
  RMDir "$LOCALAPPDATA\fyne\app.lethe.desktop"
  RMDir "$LOCALAPPDATA\fyne"
done:
SectionEnd
