package bot

// Role is what somebody is in a space.
type Role string

// The roles, from the least to the most that they may do.
const (
	Participant   Role = "participant"
	PSW           Role = "psw"
	Curator       Role = "curator"
	Facilitator   Role = "facilitator"
	Administrator Role = "administrator"
)

// Roles is every role, for settings and help.
var Roles = []Role{Participant, PSW, Curator, Facilitator, Administrator}

// Permission is something that not everybody may do. The empty one is
// everybody's.
type Permission string

// The permissions. A command or an action names the one it needs when it is
// registered, and the core checks it in one place.
const (
	Anyone          Permission = ""
	Curate          Permission = "curate"           // see unanswered questions and ratings
	SetUpSpace      Permission = "set up the space" // name, nation, language, contact
	GrantRoles      Permission = "grant roles"
	CollectMeeting  Permission = "collect a meeting"
	PublishOverview Permission = "publish an overview"
	InvitePeople    Permission = "invite people"
	SeeCoverage     Permission = "see coverage"
	Administer      Permission = "administer"
)

// may is the one table of who may do what.
var may = map[Permission][]Role{
	Curate:          {Curator, Facilitator, Administrator},
	SetUpSpace:      {Facilitator, Administrator},
	GrantRoles:      {Facilitator, Administrator},
	CollectMeeting:  {Facilitator, Administrator},
	PublishOverview: {Facilitator, Administrator},
	InvitePeople:    {Facilitator, Administrator},
	SeeCoverage:     {Facilitator, Administrator},
	Administer:      {Administrator},
}

// May reports whether the role has the permission.
func (r Role) May(p Permission) bool {
	if p == Anyone {
		return true
	}
	for _, have := range may[p] {
		if have == r {
			return true
		}
	}
	return false
}
