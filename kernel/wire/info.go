package wire

// A KernelInfoReply introduces the kernel. Front ends ask for it first and choose
// highlighting, file names and features by it.
type KernelInfoReply struct {
	Status                Outcome      `json:"status"`
	ProtocolVersion       string       `json:"protocol_version"`
	Implementation        string       `json:"implementation"`
	ImplementationVersion string       `json:"implementation_version"`
	LanguageInfo          LanguageInfo `json:"language_info"`
	Banner                string       `json:"banner"`
	Debugger              bool         `json:"debugger"`
	HelpLinks             []HelpLink   `json:"help_links"`

	// SupportedFeatures may name "debugger" and "kernel subshells", and only
	// what really works: JupyterLab changes its behaviour on seeing them.
	SupportedFeatures []string `json:"supported_features"`
}

// LanguageInfo describes the language of the cells. It is saved in notebooks.
type LanguageInfo struct {
	Name              string `json:"name"`
	Version           string `json:"version"`
	MIMEType          string `json:"mimetype"`
	FileExtension     string `json:"file_extension"`
	PygmentsLexer     string `json:"pygments_lexer"`
	CodeMirrorMode    any    `json:"codemirror_mode,omitempty"` // a name, or an object with a name and options
	NBConvertExporter string `json:"nbconvert_exporter"`
}

// A HelpLink is an entry of the front end's help menu.
type HelpLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// A ConnectReply lists the ports, for clients that were given only one.
type ConnectReply struct {
	Status    Outcome `json:"status"`
	Shell     int     `json:"shell_port"`
	IOPub     int     `json:"iopub_port"`
	Stdin     int     `json:"stdin_port"`
	Control   int     `json:"control_port"`
	Heartbeat int     `json:"hb_port"`
}

// An InterruptReply says that the running cell was told to stop.
type InterruptReply struct {
	Status Outcome `json:"status"`
}

// A ShutdownRequest ends the kernel. Restart says that another will follow.
type ShutdownRequest struct {
	Restart bool `json:"restart"`
}

// A ShutdownReply answers it; iopub carries the same content to everyone else.
type ShutdownReply struct {
	Status  Outcome `json:"status"`
	Restart bool    `json:"restart"`
}

// A UsageReply tells what the kernel uses of its machine.
type UsageReply struct {
	Status        Outcome `json:"status"`
	Hostname      string  `json:"hostname"`
	PID           int     `json:"pid"`
	KernelCPU     float64 `json:"kernel_cpu"`    // per cent of one processor
	KernelMemory  uint64  `json:"kernel_memory"` // resident bytes
	CPUCount      int     `json:"cpu_count"`
	HostCPU       float64 `json:"host_cpu_percent"`
	VirtualMemory Memory  `json:"host_virtual_memory"`
}

// Memory is the state of the machine's memory, in bytes.
type Memory struct {
	Total     uint64  `json:"total"`
	Available uint64  `json:"available"`
	Percent   float64 `json:"percent"` // used, of total
	Used      uint64  `json:"used"`
	Free      uint64  `json:"free"`
}

// A CreateSubshellReply names the new subshell (JEP 91).
type CreateSubshellReply struct {
	Status   Outcome `json:"status"`
	Subshell string  `json:"subshell_id"`
}

// A DeleteSubshellRequest ends one.
type DeleteSubshellRequest struct {
	Subshell string `json:"subshell_id"`
}

// A ListSubshellReply names those that live.
type ListSubshellReply struct {
	Status    Outcome  `json:"status"`
	Subshells []string `json:"subshell_id"`
}
