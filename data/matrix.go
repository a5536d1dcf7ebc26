package data

// The operations of the permission matrix.
const (
	// The list.
	OpCustomers      Operation = "Customers"
	OpCustomersByID  Operation = "CustomersByID"
	OpDetails        Operation = "Details"
	OpChanges        Operation = "Changes"
	OpMark           Operation = "Mark"
	OpFields         Operation = "Fields"
	OpSegments       Operation = "Segments"
	OpAddSegment     Operation = "AddSegment"
	OpDeleteSegment  Operation = "DeleteSegment"
	OpAddNote        Operation = "AddNote"
	OpAddInteraction Operation = "AddInteraction"
	OpImport         Operation = "Import"
	OpImportUpdating Operation = "Import, updating"
	OpImportNewField Operation = "Import, with a new field"
	OpImportMapping  Operation = "ImportMapping"
	OpWouldChange    Operation = "WouldChange"
	OpLastImport     Operation = "LastImport"
	OpSealUndo       Operation = "SealUndo"
	OpDeleteUndo     Operation = "Delete, undoing one's own import"

	// Exports.
	OpBeginExport  Operation = "BeginExport"
	OpReadExport   Operation = "ReadExport"
	OpCommitExport Operation = "CommitExport"
	OpEndExport    Operation = "EndExport"
	OpExports      Operation = "Exports"

	// A customer's own page.
	OpAddCustomer       Operation = "AddCustomer"
	OpEditCustomer      Operation = "EditCustomer"
	OpEditPhone         Operation = "EditCustomer, the number"
	OpEditAgent         Operation = "EditCustomer, the agent"
	OpEditCustom        Operation = "EditCustomer, a custom value"
	OpEditNote          Operation = "EditNote"
	OpRemoveNote        Operation = "RemoveNote"
	OpEditInteraction   Operation = "EditInteraction"
	OpRemoveInteraction Operation = "RemoveInteraction"
	OpTags              Operation = "Tags"
	OpRenameTag         Operation = "RenameTag"
	OpRemoveTag         Operation = "RemoveTag"
	OpAddField          Operation = "AddField"
	OpChangeField       Operation = "ChangeField"
	OpFieldUse          Operation = "FieldUse"
	OpRemoveField       Operation = "RemoveField"
	OpEditSegment       Operation = "EditSegment"

	// Deleting.
	OpSeal         Operation = "Seal"
	OpAuthorise    Operation = "Authorise"
	OpDelete       Operation = "Delete"
	OpSealAll      Operation = "Seal, all"
	OpAuthoriseAll Operation = "Authorise, all"
	OpDeleteAll    Operation = "Delete, all"

	// Oneself and the others.
	OpMe             Operation = "Me"
	OpRights         Operation = "Rights"
	OpCheckPassword  Operation = "CheckPassword"
	OpChangePassword Operation = "ChangePassword"
	OpAccountOwner   Operation = "AccountOwner"
	OpMembers        Operation = "Members"
	OpRoles          Operation = "Roles"
	OpAddRole        Operation = "AddRole"
	OpAddUser        Operation = "AddUser"
	OpFormerMembers  Operation = "FormerMembers"
	OpEditUser       Operation = "EditUser"
	OpSetUserRole    Operation = "SetUserRole"
	OpEditRole       Operation = "EditRole"
	OpDeleteRole     Operation = "DeleteRole"
	OpResetPassword  Operation = "ResetPassword"
	OpDeactivateUser Operation = "DeactivateUser"
	OpActivateUser   Operation = "ActivateUser"
	OpRemoveUser     Operation = "RemoveUser"
	OpTransfer       Operation = "TransferOwnership"

	// OTPs and keys.
	OpOTPSetUp        Operation = "OTPSetUp"
	OpEnrolOTP        Operation = "EnrolOTP"
	OpRecoverOTP      Operation = "RecoverOTP"
	OpResetOTPClock   Operation = "ResetOTPClock"
	OpNewRecoveryKey  Operation = "NewRecoveryKey"
	OpRecoverPassword Operation = "RecoverPassword"
	OpRecoveryProved  Operation = "RecoveryProved"
	OpProveRecovery   Operation = "ProveRecovery"
	OpTurnRoom        Operation = "TurnRoom"
	OpTurnKey         Operation = "TurnKey"

	// Records and settings.
	OpDigest             Operation = "Digest"
	OpAuditState         Operation = "AuditState"
	OpExportAudit        Operation = "ExportAudit"
	OpAcceptLogBreak     Operation = "AcceptLogBreak"
	OpAudit              Operation = "Audit"
	OpOutbox             Operation = "Outbox"
	OpTold               Operation = "Told"
	OpToldOthers         Operation = "Told, of another's deletion"
	OpRetryMessage       Operation = "RetryMessage"
	OpCancelMessage      Operation = "CancelMessage"
	OpCertificateKey     Operation = "CertificateKey"
	OpCertify            Operation = "Certify"
	OpCertifyOthers      Operation = "Certify, another's deletion"
	OpSending            Operation = "Sending"
	OpSaveMailServer     Operation = "SaveMailServer"
	OpSaveWhatsAppAPI    Operation = "SaveWhatsAppAPI"
	OpSaveAddresses      Operation = "SaveAddresses"
	OpSettings           Operation = "Settings"
	OpSaveSettings       Operation = "SaveSettings"
	OpSaveOwnersSettings Operation = "SaveSettings, the Account Owner's"
	OpQuickCheck         Operation = "QuickCheck"

	// Backups.
	OpBackups          Operation = "Backups"
	OpBackUp           Operation = "BackUp"
	OpRemoveBackup     Operation = "RemoveBackup"
	OpRolling          Operation = "Rolling"
	OpSetRolling       Operation = "SetRolling"
	OpRewriteRolling   Operation = "RewriteRolling"
	OpHolding          Operation = "Holding"
	OpStageRestore     Operation = "StageRestore"
	OpAuthoriseRestore Operation = "Authorise, a restore"
	OpRestore          Operation = "Restore"
)

// Matrix is the permission matrix: every exported method of the store, and
// whom it is open to. Store, pages and documents take it from here.
//
// To add a method, give it a constant above and a line here, hand the constant
// to read or write in the method, and give the tests a call of it
// (data/store/rights_test.go). make matrix prints the result.
func Matrix() []Access {
	return []Access{
		// The list.
		{OpCustomers, "read the customers", WhoHas, nil},
		{OpCustomersByID, "read some of the customers", WhoHas, nil},
		{OpDetails, "read notes and interactions of a customer", WhoHas, nil},
		{OpChanges, "read the change counter", WhoHas, nil},
		{OpMark, "read what is counted since the last OTP", WhoHas, []Permission{ViewAllCustomers}},
		{OpFields, "read the custom fields", WhoHas, []Permission{ViewCustomData}},
		{OpSegments, "read the segments", WhoHas, nil},
		{OpAddSegment, "keep a filter as a segment", WhoHas, []Permission{ManageSegments}},
		{OpDeleteSegment, "remove a segment", WhoHas, []Permission{ManageSegments}},
		{OpAddNote, "write a note", WhoHas, []Permission{EditCustomers}},
		{OpAddInteraction, "log an interaction", WhoHas, []Permission{EditCustomers}},
		{OpImport, "import customers", WhoHas, []Permission{ImportCustomers, ViewAllCustomers, ViewPhoneNumbers}},
		{OpImportUpdating, "import and change customers who are there", WhoHas, []Permission{ImportCustomers, ViewAllCustomers, ViewPhoneNumbers, EditCustomers}},
		{OpImportNewField, "import and make a custom field", WhoHas, []Permission{ImportCustomers, ViewAllCustomers, ViewPhoneNumbers, ManageFieldSchema}},
		{OpImportMapping, "read what columns became the last time", WhoHas, []Permission{ImportCustomers}},
		{OpWouldChange, "count whom an import would change", WhoHas, []Permission{ImportCustomers, ViewPhoneNumbers, EditCustomers}},
		{OpLastImport, "read which import of one's own can be undone", WhoHas, []Permission{ImportCustomers}},
		{OpSealUndo, "see whom undoing one's own import takes", WhoHas, []Permission{ImportCustomers}},
		{OpDeleteUndo, "undo one's own import, in its session", WhoHas, []Permission{ImportCustomers}},
		// Exports.
		{OpBeginExport, "export customers (password again)", WhoHas, []Permission{ExportCustomers}},
		{OpReadExport, "read the customers of an export", WhoHas, []Permission{ExportCustomers}},
		{OpCommitExport, "write an export into the audit log", WhoHas, []Permission{ExportCustomers}},
		{OpEndExport, "say how an export ended", WhoHas, nil},
		{OpExports, "read which exports were made", WhoHas, []Permission{ExportCustomers}},
		// A customer's own page.
		{OpAddCustomer, "add a customer by hand", WhoHas, []Permission{EditCustomers, ViewPhoneNumbers}},
		{OpEditCustomer, "change a customer by hand", WhoHas, []Permission{EditCustomers}},
		{OpEditPhone, "change a customer's number (counts as a removal)", WhoHas, []Permission{EditCustomers, ViewPhoneNumbers}},
		{OpEditAgent, "put another member in charge of a customer", WhoHas, []Permission{EditCustomers, ViewAllCustomers}},
		{OpEditCustom, "change a custom value", WhoHas, []Permission{EditCustomers, ViewCustomData}},
		{OpEditNote, "change a note", WhoHas, []Permission{EditCustomers}},
		{OpRemoveNote, "remove a note", WhoHas, []Permission{EditCustomers}},
		{OpEditInteraction, "change a logged interaction", WhoHas, []Permission{EditCustomers}},
		{OpRemoveInteraction, "remove a logged interaction", WhoHas, []Permission{EditCustomers}},
		{OpTags, "read all tags with how many have each", WhoHas, []Permission{EditCustomers, ViewAllCustomers}},
		{OpRenameTag, "rename or merge a tag for everybody", WhoHas, []Permission{EditCustomers, ViewAllCustomers}},
		{OpRemoveTag, "take a tag away from everybody", WhoHas, []Permission{EditCustomers, ViewAllCustomers}},
		{OpAddField, "make a custom field", WhoHas, []Permission{ManageFieldSchema}},
		{OpChangeField, "rename a custom field, change its options", WhoHas, []Permission{ManageFieldSchema}},
		{OpFieldUse, "see what removing a custom field would take", WhoHas, []Permission{ManageFieldSchema, DeleteCustomers, ViewAllCustomers}},
		{OpRemoveField, "remove a custom field with its values", WhoHas, []Permission{ManageFieldSchema, DeleteCustomers, ViewAllCustomers}},
		{OpEditSegment, "change a segment", WhoHas, []Permission{ManageSegments}},
		// Deleting.
		{OpSeal, "see what a deletion would take", WhoHas, []Permission{DeleteCustomers}},
		{OpAuthorise, "enter an OTP for a deletion", WhoHas, []Permission{DeleteCustomers}},
		{OpDelete, "delete customers", WhoHas, []Permission{DeleteCustomers}},
		{OpSealAll, "see what Delete All would take", WhoOwns, nil},
		{OpAuthoriseAll, "enter an OTP for Delete All", WhoOwns, nil},
		{OpDeleteAll, "delete all customers", WhoOwns, nil},
		// Oneself and the others.
		{OpMe, "read who one is", WhoHas, nil},
		{OpRights, "read what one may do", WhoHas, nil},
		{OpCheckPassword, "enter one's password again", WhoHas, nil},
		{OpChangePassword, "change one's password", WhoHas, nil},
		{OpAccountOwner, "read who the Account Owner is", WhoHas, nil},
		{OpMembers, "read the members' names (with View Team Members: all about them)", WhoHas, nil},
		{OpRoles, "read the roles", WhoHas, []Permission{ViewTeam}},
		{OpAddRole, "make a role", WhoHas, []Permission{ManageRoles}},
		{OpAddUser, "add a member", WhoHas, []Permission{ManageTeam}},
		{OpFormerMembers, "read the names of removed members", WhoHas, nil},
		{OpEditRole, "change a role", WhoHas, []Permission{ManageRoles}},
		{OpDeleteRole, "remove a role", WhoHas, []Permission{ManageRoles}},
		{OpEditUser, "change a member's name, phone or mail", WhoHas, []Permission{ManageTeam}},
		{OpSetUserRole, "give a member another role", WhoHas, []Permission{ManageTeam}},
		{OpResetPassword, "give a member a new first password", WhoHas, []Permission{ManageTeam}},
		{OpDeactivateUser, "deactivate a member", WhoHas, []Permission{ManageTeam}},
		{OpActivateUser, "let a deactivated member in again", WhoHas, []Permission{ManageTeam}},
		{OpRemoveUser, "remove a member", WhoHas, []Permission{ManageTeam}},
		{OpTransfer, "make somebody else the Account Owner", WhoIsAccountOwner, nil},
		// OTPs and keys.
		{OpOTPSetUp, "read whether OTPs are set up", WhoHas, nil},
		{OpEnrolOTP, "enrol or replace the authenticator", WhoIsAccountOwner, nil},
		{OpRecoverOTP, "replace a lost authenticator", WhoIsAccountOwner, nil},
		{OpResetOTPClock, "lift a lock after wrong OTPs, or one by the clock", WhoIsAccountOwner, nil},
		{OpNewRecoveryKey, "make a new recovery key", WhoIsAccountOwner, nil},
		{OpRecoverPassword, "set a password after a sign-in by recovery key", WhoIsAccountOwner, nil},
		{OpRecoveryProved, "read whether the recovery key was typed back", WhoIsAccountOwner, nil},
		{OpProveRecovery, "record that it was", WhoIsAccountOwner, nil},
		{OpTurnRoom, "read what room turning the key takes", WhoHas, []Permission{ManageTeam}},
		{OpTurnKey, "turn the key", WhoHas, []Permission{ManageTeam}},
		// Records and settings.
		{OpAudit, "read the audit log", WhoHas, []Permission{ViewAuditLog}},
		{OpDigest, "read what others did since one was last here", WhoHas, []Permission{ViewAuditLog}},
		{OpAuditState, "check the audit log", WhoHas, []Permission{ViewAuditLog}},
		{OpExportAudit, "export the audit log", WhoHas, []Permission{ViewAuditLog}},
		{OpAcceptLogBreak, "accept a break of the audit log", WhoIsAccountOwner, nil},
		{OpOutbox, "read the outbox", WhoHas, []Permission{ViewOutbox}},
		{OpTold, "read how far the confirmations of one's own deletion are", WhoHas, nil},
		{OpToldOthers, "read how far the confirmations of another's deletion are", WhoHas, []Permission{ViewOutbox}},
		{OpRetryMessage, "send a confirmation now", WhoHas, []Permission{ViewOutbox}},
		{OpCancelMessage, "cancel a confirmation", WhoIsAccountOwner, nil},
		{OpCertificateKey, "read the public key of certificates", WhoHas, nil},
		{OpCertify, "make a certificate of one's own deletion", WhoHas, nil},
		{OpCertifyOthers, "make a certificate of another's deletion", WhoHas, []Permission{ViewAuditLog}},
		{OpSending, "read how confirmations are sent, with password and token", WhoIsAccountOwner, nil},
		{OpSaveMailServer, "change what e-mail is sent through", WhoIsAccountOwner, nil},
		{OpSaveWhatsAppAPI, "change what WhatsApp messages are sent through", WhoIsAccountOwner, nil},
		{OpSaveAddresses, "change where confirmations go", WhoIsAccountOwner, nil},
		{OpSettings, "read the settings", WhoHas, nil},
		{OpSaveSettings, "change the settings", WhoHas, []Permission{ManageSettings}},
		{OpSaveOwnersSettings, "change the active window, how strict OTPs are, what is told", WhoIsAccountOwner, nil},
		{OpQuickCheck, "check the file for damage", WhoHas, nil},
		// Backups.
		{OpBackups, "read which backups there are", WhoHas, []Permission{BackUp}},
		{OpBackUp, "make a backup", WhoHas, []Permission{BackUp}},
		{OpRemoveBackup, "overwrite and remove a backup", WhoHas, []Permission{BackUp}},
		{OpRolling, "read how the rolling backup is", WhoHas, []Permission{BackUp}},
		{OpSetRolling, "set the rolling backup up, or end it", WhoHas, []Permission{BackUp}},
		{OpRewriteRolling, "have the rolling backup rewritten where it was set up", WhoHas, nil},
		{OpHolding, "read how many backups hold those who are to go, or went", WhoHas, []Permission{DeleteCustomers}},
		{OpStageRestore, "see what a restore would do", WhoIsAccountOwner, nil},
		{OpAuthoriseRestore, "enter an OTP for a restore", WhoIsAccountOwner, nil},
		{OpRestore, "restore a backup", WhoIsAccountOwner, nil},
		// The program itself.
		{"SignIn", "start a session for whom a password let in", WhoIsProgram, nil},
		{"SignOut", "end a session", WhoIsProgram, nil},
		{"Subscribe", "hear of changes, without what changed in them", WhoIsProgram, nil},
		{"Lease", "keep the store open for a running job", WhoIsProgram, nil},
		{"Close", "close the store", WhoIsProgram, nil},
		{"Dir", "tell the data folder", WhoIsProgram, nil},
		{"LogLoss", "tell whether the last changes may be missing", WhoIsProgram, nil},
		{"Scrub", "clean the files after a deletion", WhoIsProgram, nil},
		{"ScrubEdits", "clean the files after edits", WhoIsProgram, nil},
		{"EditsLeft", "tell whether edits left something to clean", WhoIsProgram, nil},
		{"ScrubPending", "tell whether a clean-up was interrupted", WhoIsProgram, nil},
		{"ClaimMessage", "take the next confirmation that is due, to send it", WhoIsProgram, nil},
		{"SettleMessage", "write down how sending it ended", WhoIsProgram, nil},
		{"NextMessage", "tell when a confirmation is due", WhoIsProgram, nil},
		{"ResumeScrub", "take up a clean-up that was interrupted", WhoIsProgram, nil},
	}
}
